package lintel.wiring.headless_statefulset_test

import data.lintel.wiring.headless_statefulset as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"apps/v1": {
				"StatefulSet": {
					"none": {
						"apiVersion": "apps/v1",
						"kind": "StatefulSet",
						"metadata": {"name": "none", "namespace": "shop"},
						"spec": {"replicas": 1},
					},
					"gone": {
						"apiVersion": "apps/v1",
						"kind": "StatefulSet",
						"metadata": {"name": "gone", "namespace": "shop"},
						"spec": {"serviceName": "gone"},
					},
					"db": {
						"apiVersion": "apps/v1",
						"kind": "StatefulSet",
						"metadata": {"name": "db", "namespace": "shop"},
						"spec": {"serviceName": "db"},
					},
				},
			},
			"v1": {
				"Service": {
					"db": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "db", "namespace": "shop"},
						"spec": {"selector": {"app": "db"}, "ports": [{"port": 5432}]},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_statefulset_none if {
	messages(fail_bundle.namespace.shop["apps/v1"].StatefulSet.none, fail_bundle) == {"StatefulSet \"none\" names no Service"}
}

test_reports_statefulset_gone if {
	messages(fail_bundle.namespace.shop["apps/v1"].StatefulSet.gone, fail_bundle) == {"StatefulSet \"gone\" names Service \"gone\", which is not in namespace \"shop\""}
}

test_reports_statefulset_db if {
	messages(fail_bundle.namespace.shop["apps/v1"].StatefulSet.db, fail_bundle) == {"Service \"db\" of StatefulSet \"db\" is not headless"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"apps/v1": {
				"StatefulSet": {
					"db": {
						"apiVersion": "apps/v1",
						"kind": "StatefulSet",
						"metadata": {"name": "db", "namespace": "shop"},
						"spec": {"serviceName": "db"},
					},
					"replica": {
						"apiVersion": "apps/v1",
						"kind": "StatefulSet",
						"metadata": {"name": "replica", "namespace": "shop"},
						"spec": {"serviceName": "db"},
					},
				},
			},
			"v1": {
				"Service": {
					"db": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "db", "namespace": "shop"},
						"spec": {"clusterIP": "None", "selector": {"app": "db"}, "ports": [{"port": 5432}]},
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

test_allows_statefulset_replica if {
	messages(pass_bundle.namespace.shop["apps/v1"].StatefulSet.replica, pass_bundle) == set()
}
