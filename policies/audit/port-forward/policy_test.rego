package lintel.audit.port_forward_test

import data.lintel.audit.port_forward as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-007": {"allowedUsers": ["ops-*"]}}

test_reports_tunnel if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "create", fixture.pod_part("portforward"), {"responseStatus": {"code": 101}}) with data.parameters as parameters
	messages == {`alice opened a tunnel to pods/portforward shop/web-0`}
}

test_accepts_log if {
	count(policy.deny) == 0 with input as fixture.event("alice", "get", fixture.pod_part("log"), {}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "create", fixture.pod_part("portforward"), {}) with data.parameters as parameters
}
