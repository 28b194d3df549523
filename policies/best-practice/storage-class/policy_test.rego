package lintel.best_practice.storage_class_test

import data.lintel.best_practice.storage_class as policy
import data.lintel.lib.fixture

parameters := {"LT-REL-027": {"allowed": []}}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "shop"}, "spec": {"accessModes": []}} with data.parameters as parameters
	messages == {`claim "data" names no storageClassName`}
}

test_reports_not_allowed if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "shop"}, "spec": {"storageClassName": "slow"}} with data.parameters as {"LT-REL-027": {"allowed": ["fast"]}}
	messages == {`claim "data" uses the storage class "slow", which is not allowed`}
}

test_reports_a_stateful_set if {
	messages := {f.msg | some f in policy.deny} with input as fixture.workload("apps/v1", "StatefulSet", {"volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {}}]}) with data.parameters as parameters
	messages == {`claim "data" names no storageClassName`}
}

test_accepts_named if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "shop"}, "spec": {"storageClassName": "fast"}} with data.parameters as {"LT-REL-027": {"allowed": ["fast"]}}
}

test_accepts_by_hand if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data", "namespace": "shop"}, "spec": {"storageClassName": ""}} with data.parameters as parameters
}

test_accepts_a_stateful_set if {
	count(policy.deny) == 0 with input as fixture.workload("apps/v1", "StatefulSet", {"volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {"storageClassName": "fast"}}]}) with data.parameters as parameters
}
