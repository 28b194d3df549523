package lintel.audit.control_plane_workload_test

import data.lintel.audit.control_plane_workload as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-013": {"allowedUsers": ["ops-*"]}}

test_reports_pod if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "create", {"resource": "pods", "namespace": "kube-system", "name": "x"}, {}) with data.parameters as parameters
	messages == {`alice created pods kube-system/x`}
}

test_accepts_other_namespace if {
	count(policy.deny) == 0 with input as fixture.event("alice", "create", fixture.pod, {}) with data.parameters as parameters
}

test_accepts_controller if {
	count(policy.deny) == 0 with input as fixture.event("system:serviceaccount:kube-system:replicaset-controller", "create", {"resource": "pods", "namespace": "kube-system", "name": "x"}, {}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "create", {"resource": "pods", "namespace": "kube-system", "name": "x"}, {}) with data.parameters as parameters
}
