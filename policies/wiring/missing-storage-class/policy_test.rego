package lintel.wiring.missing_storage_class_test

import data.lintel.wiring.missing_storage_class as policy

defaults := {"LT-REF-012": {"knownClasses": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"default": {
			"v1": {
				"PersistentVolumeClaim": {
					"data": {
						"apiVersion": "v1",
						"kind": "PersistentVolumeClaim",
						"metadata": {"name": "data"},
						"spec": {"storageClassName": "fats"},
					},
				},
			},
			"apps/v1": {
				"StatefulSet": {
					"db": {
						"apiVersion": "apps/v1",
						"kind": "StatefulSet",
						"metadata": {"name": "db"},
						"spec": {"volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {"storageClassName": "slow"}}]},
					},
				},
			},
		},
	},
	"cluster": {
		"storage.k8s.io/v1": {
			"StorageClass": {
				"fast": {
					"apiVersion": "storage.k8s.io/v1",
					"kind": "StorageClass",
					"metadata": {"name": "fast"},
					"provisioner": "csi.example.com",
				},
			},
		},
	},
}

test_reports_persistentvolumeclaim_data if {
	messages(fail_bundle.namespace["default"].v1.PersistentVolumeClaim.data, fail_bundle) == {"PersistentVolumeClaim \"data\" uses the unknown storage class \"fats\""}
}

test_reports_statefulset_db if {
	messages(fail_bundle.namespace["default"]["apps/v1"].StatefulSet.db, fail_bundle) == {"StatefulSet \"db\" uses the unknown storage class \"slow\""}
}

pass_bundle := {
	"namespace": {
		"default": {
			"v1": {
				"PersistentVolumeClaim": {
					"data": {
						"apiVersion": "v1",
						"kind": "PersistentVolumeClaim",
						"metadata": {"name": "data"},
						"spec": {"storageClassName": "fast"},
					},
					"static": {
						"apiVersion": "v1",
						"kind": "PersistentVolumeClaim",
						"metadata": {"name": "static"},
						"spec": {"storageClassName": ""},
					},
					"standard": {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "standard"}, "spec": {}},
				},
			},
		},
	},
	"cluster": {
		"storage.k8s.io/v1": {
			"StorageClass": {
				"fast": {
					"apiVersion": "storage.k8s.io/v1",
					"kind": "StorageClass",
					"metadata": {"name": "fast"},
					"provisioner": "csi.example.com",
				},
			},
		},
	},
}

test_allows_persistentvolumeclaim_data if {
	messages(pass_bundle.namespace["default"].v1.PersistentVolumeClaim.data, pass_bundle) == set()
}

test_allows_persistentvolumeclaim_static if {
	messages(pass_bundle.namespace["default"].v1.PersistentVolumeClaim.static, pass_bundle) == set()
}

test_allows_persistentvolumeclaim_standard if {
	messages(pass_bundle.namespace["default"].v1.PersistentVolumeClaim.standard, pass_bundle) == set()
}
