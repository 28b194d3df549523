package lintel.audit.debug_container_test

import data.lintel.audit.debug_container as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-008": {"allowedUsers": ["ops-*"]}}

test_reports_debug if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "patch", fixture.pod_part("ephemeralcontainers"), {}) with data.parameters as parameters
	messages == {`alice put a debugging container into pods/ephemeralcontainers shop/web-0`}
}

test_accepts_read if {
	count(policy.deny) == 0 with input as fixture.event("alice", "get", fixture.pod_part("ephemeralcontainers"), {}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "patch", fixture.pod_part("ephemeralcontainers"), {}) with data.parameters as parameters
}
