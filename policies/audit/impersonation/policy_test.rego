package lintel.audit.impersonation_test

import data.lintel.audit.impersonation as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-006": {"allowedUsers": ["ops-*"]}}

test_reports_impersonation if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "get", fixture.pod, {"impersonatedUser": {"username": "system:admin"}}) with data.parameters as parameters
	messages == {`alice as system:admin did get /api/v1/x`}
}

test_accepts_own_name if {
	count(policy.deny) == 0 with input as fixture.event("alice", "get", fixture.pod, {}) with data.parameters as parameters
}

test_accepts_service_account if {
	count(policy.deny) == 0 with input as fixture.event("system:serviceaccount:ci:runner", "get", fixture.pod, {"impersonatedUser": {"username": "bob"}}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "get", fixture.pod, {"impersonatedUser": {"username": "bob"}}) with data.parameters as parameters
}
