package lintel.wiring.dangling_servicemonitor_test

import data.lintel.wiring.dangling_servicemonitor as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"monitoring.coreos.com/v1": {
				"ServiceMonitor": {
					"web": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "ServiceMonitor",
						"metadata": {"name": "web", "namespace": "shop", "labels": {"team": "web"}},
						"spec": {"selector": {"matchLabels": {"app": "web"}}, "endpoints": [{"port": "metric"}]},
					},
					"none": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "ServiceMonitor",
						"metadata": {"name": "none", "namespace": "shop", "labels": {"release": "main"}},
						"spec": {"selector": {"matchLabels": {"app": "none"}}},
					},
				},
				"PodMonitor": {
					"gone": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "PodMonitor",
						"metadata": {"name": "gone", "namespace": "shop"},
						"spec": {"selector": {"matchLabels": {"app": "gone"}}},
					},
				},
			},
			"v1": {
				"Service": {
					"web": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "web", "namespace": "shop", "labels": {"app": "web"}},
						"spec": {"ports": [{"name": "metrics", "port": 9090}]},
					},
				},
			},
		},
		"monitoring": {
			"monitoring.coreos.com/v1": {
				"Prometheus": {
					"main": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "Prometheus",
						"metadata": {"name": "main", "namespace": "monitoring"},
						"spec": {"serviceMonitorSelector": {"matchLabels": {"release": "main"}}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_servicemonitor_web if {
	messages(fail_bundle.namespace.shop["monitoring.coreos.com/v1"].ServiceMonitor.web, fail_bundle) == {"ServiceMonitor \"web\" is selected by no Prometheus", "ServiceMonitor \"web\" scrapes the port \"metric\", which nothing selected has"}
}

test_reports_podmonitor_gone if {
	messages(fail_bundle.namespace.shop["monitoring.coreos.com/v1"].PodMonitor.gone, fail_bundle) == {"PodMonitor \"gone\" selects no Pod"}
}

test_reports_servicemonitor_none if {
	messages(fail_bundle.namespace.shop["monitoring.coreos.com/v1"].ServiceMonitor.none, fail_bundle) == {"ServiceMonitor \"none\" selects no Service"}
}

pass_bundle := {
	"namespace": {
		"monitoring": {
			"monitoring.coreos.com/v1": {
				"ServiceMonitor": {
					"web": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "ServiceMonitor",
						"metadata": {"name": "web", "namespace": "monitoring", "labels": {"release": "main"}},
						"spec": {
							"namespaceSelector": {"matchNames": ["shop"]},
							"selector": {"matchLabels": {"app": "web"}},
							"endpoints": [{"port": "metrics"}],
						},
					},
				},
				"PodMonitor": {
					"db": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "PodMonitor",
						"metadata": {"name": "db", "namespace": "monitoring"},
						"spec": {
							"namespaceSelector": {"any": true},
							"selector": {"matchLabels": {"app": "db"}},
							"podMetricsEndpoints": [{"port": "metrics"}],
						},
					},
				},
				"Prometheus": {
					"main": {
						"apiVersion": "monitoring.coreos.com/v1",
						"kind": "Prometheus",
						"metadata": {"name": "main", "namespace": "monitoring"},
						"spec": {"serviceMonitorSelector": {"matchLabels": {"release": "main"}}, "podMonitorSelector": {}},
					},
				},
			},
		},
		"shop": {
			"v1": {
				"Service": {
					"web": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "web", "namespace": "shop", "labels": {"app": "web"}},
						"spec": {"ports": [{"name": "metrics", "port": 9090}]},
					},
				},
				"Pod": {
					"db": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "db", "namespace": "shop", "labels": {"app": "db"}},
						"spec": {
							"containers": [
								{"name": "db", "image": "example.com/db:1", "ports": [{"name": "metrics", "containerPort": 9187}]},
							],
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_servicemonitor_web if {
	messages(pass_bundle.namespace.monitoring["monitoring.coreos.com/v1"].ServiceMonitor.web, pass_bundle) == set()
}

test_allows_podmonitor_db if {
	messages(pass_bundle.namespace.monitoring["monitoring.coreos.com/v1"].PodMonitor.db, pass_bundle) == set()
}
