package lintel.wiring.missing_pvc_test

import data.lintel.wiring.missing_pvc as policy

defaults := {"LT-REF-010": {"externalClaims": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"PersistentVolumeClaim": {
					"data": {
						"apiVersion": "v1",
						"kind": "PersistentVolumeClaim",
						"metadata": {"name": "data", "namespace": "shop"},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"db": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "db", "namespace": "shop"},
						"spec": {
							"template": {
								"spec": {
									"initContainers": [{"name": "init", "image": "example.com/a:1"}],
									"containers": [{"name": "db", "image": "example.com/a:1"}],
									"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "dta"}}],
								},
							},
						},
					},
				},
			},
		},
		"other": {
			"v1": {
				"Pod": {
					"restore": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "restore", "namespace": "other"},
						"spec": {
							"containers": [{"name": "db", "image": "example.com/a:1"}],
							"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
							"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}],
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_deployment_db if {
	messages(fail_bundle.namespace.shop["apps/v1"].Deployment.db, fail_bundle) == {"volume data uses claim \"dta\", which is not in namespace \"shop\""}
}

test_reports_pod_restore if {
	messages(fail_bundle.namespace.other.v1.Pod.restore, fail_bundle) == {"volume data uses claim \"data\", which is not in namespace \"other\""}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"PersistentVolumeClaim": {
					"data": {
						"apiVersion": "v1",
						"kind": "PersistentVolumeClaim",
						"metadata": {"name": "data", "namespace": "shop"},
					},
				},
				"Pod": {
					"restore": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "restore", "namespace": "shop"},
						"spec": {
							"containers": [{"name": "db", "image": "example.com/a:1"}],
							"volumes": [
								{"name": "data", "persistentVolumeClaim": {"claimName": "data"}},
								{"name": "first", "persistentVolumeClaim": {"claimName": "store-db-0"}},
								{"name": "tmp", "emptyDir": {}},
							],
						},
					},
				},
			},
			"apps/v1": {
				"StatefulSet": {
					"db": {
						"apiVersion": "apps/v1",
						"kind": "StatefulSet",
						"metadata": {"name": "db", "namespace": "shop"},
						"spec": {
							"volumeClaimTemplates": [{"metadata": {"name": "store"}}],
							"template": {"spec": {"containers": [{"name": "db", "image": "example.com/a:1"}]}},
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_statefulset_db if {
	messages(pass_bundle.namespace.shop["apps/v1"].StatefulSet.db, pass_bundle) == set()
}

test_allows_pod_restore if {
	messages(pass_bundle.namespace.shop.v1.Pod.restore, pass_bundle) == set()
}
