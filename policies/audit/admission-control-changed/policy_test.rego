package lintel.audit.admission_control_changed_test

import data.lintel.audit.admission_control_changed as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-009": {"allowedUsers": ["ops-*"]}}

test_reports_deletion if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "delete", {"resource": "validatingwebhookconfigurations", "apiGroup": "admissionregistration.k8s.io", "name": "lintel"}, {}) with data.parameters as parameters
	messages == {`alice did delete validatingwebhookconfigurations lintel`}
}

test_accepts_read if {
	count(policy.deny) == 0 with input as fixture.event("alice", "get", {"resource": "validatingwebhookconfigurations", "apiGroup": "admissionregistration.k8s.io", "name": "lintel"}, {}) with data.parameters as parameters
}

test_accepts_controller if {
	count(policy.deny) == 0 with input as fixture.event("system:serviceaccount:cert-manager:cainjector", "patch", {"resource": "validatingwebhookconfigurations", "apiGroup": "admissionregistration.k8s.io", "name": "lintel"}, {}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "delete", {"resource": "validatingwebhookconfigurations", "apiGroup": "admissionregistration.k8s.io", "name": "lintel"}, {}) with data.parameters as parameters
}
