package lintel.audit.certificate_approval_test

import data.lintel.audit.certificate_approval as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-012": {"allowedUsers": ["ops-*"]}}

test_reports_approval if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "update", {"resource": "certificatesigningrequests", "apiGroup": "certificates.k8s.io", "subresource": "approval", "name": "eve"}, {}) with data.parameters as parameters
	messages == {`alice decided on certificatesigningrequests/approval eve`}
}

test_accepts_controller if {
	count(policy.deny) == 0 with input as fixture.event("system:kube-controller-manager", "update", {"resource": "certificatesigningrequests", "subresource": "approval", "name": "eve"}, {}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "update", {"resource": "certificatesigningrequests", "subresource": "approval", "name": "eve"}, {}) with data.parameters as parameters
}
