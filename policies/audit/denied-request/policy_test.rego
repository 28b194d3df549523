package lintel.audit.denied_request_test

import data.lintel.audit.denied_request as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-015": {"resources": ["secrets"], "allowedUsers": ["ops-*"]}}

test_reports_refusal if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("system:serviceaccount:shop:web", "list", {"resource": "secrets", "namespace": "shop"}, {"responseStatus": {"code": 403}}) with data.parameters as parameters
	messages == {`system:serviceaccount:shop:web was refused to list secrets shop`}
}

test_accepts_other_resource if {
	count(policy.deny) == 0 with input as fixture.event("alice", "list", fixture.pod, {"responseStatus": {"code": 403}}) with data.parameters as parameters
}

test_accepts_success if {
	count(policy.deny) == 0 with input as fixture.event("alice", "list", {"resource": "secrets"}, {}) with data.parameters as parameters
}

test_accepts_component if {
	count(policy.deny) == 0 with input as fixture.event("system:node:n1", "list", {"resource": "secrets"}, {"responseStatus": {"code": 403}}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "list", {"resource": "secrets"}, {"responseStatus": {"code": 403}}) with data.parameters as parameters
}
