package lintel.audit.token_request_test

import data.lintel.audit.token_request as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-010": {"allowedUsers": ["ops-*"]}}

test_reports_token if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "create", {"resource": "serviceaccounts", "subresource": "token", "namespace": "shop", "name": "deployer"}, {}) with data.parameters as parameters
	messages == {`alice made a token of serviceaccounts/token shop/deployer`}
}

test_accepts_kubelet if {
	count(policy.deny) == 0 with input as fixture.event("system:node:n1", "create", {"resource": "serviceaccounts", "subresource": "token", "namespace": "shop", "name": "deployer"}, {}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "create", {"resource": "serviceaccounts", "subresource": "token", "namespace": "shop", "name": "deployer"}, {}) with data.parameters as parameters
}
