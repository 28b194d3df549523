package lintel.audit.mass_deletion_test

import data.lintel.audit.mass_deletion as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-014": {"allowedUsers": ["ops-*"]}}

test_reports_collection if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "deletecollection", {"resource": "persistentvolumeclaims", "namespace": "shop"}, {}) with data.parameters as parameters
	messages == {`alice did deletecollection persistentvolumeclaims shop`}
}

test_reports_namespace if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "delete", {"resource": "namespaces", "namespace": "shop", "name": "shop"}, {}) with data.parameters as parameters
	messages == {`alice did delete namespaces shop/shop`}
}

test_accepts_object if {
	count(policy.deny) == 0 with input as fixture.event("alice", "delete", fixture.pod, {}) with data.parameters as parameters
}

test_accepts_controller if {
	count(policy.deny) == 0 with input as fixture.event("system:serviceaccount:kube-system:namespace-controller", "deletecollection", {"resource": "pods", "namespace": "shop"}, {}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "deletecollection", {"resource": "pods"}, {}) with data.parameters as parameters
}
