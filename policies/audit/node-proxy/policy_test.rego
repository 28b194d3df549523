package lintel.audit.node_proxy_test

import data.lintel.audit.node_proxy as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-011": {"allowedUsers": ["ops-*"]}}

test_reports_proxy if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "get", {"resource": "nodes", "subresource": "proxy", "name": "n1"}, {"requestURI": "/api/v1/nodes/n1/proxy/pods"}) with data.parameters as parameters
	messages == {`alice did get nodes/proxy n1 (/api/v1/nodes/n1/proxy/pods)`}
}

test_accepts_node if {
	count(policy.deny) == 0 with input as fixture.event("alice", "get", {"resource": "nodes", "name": "n1"}, {}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "get", {"resource": "nodes", "subresource": "proxy", "name": "n1"}, {}) with data.parameters as parameters
}
