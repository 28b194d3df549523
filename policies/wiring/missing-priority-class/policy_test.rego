package lintel.wiring.missing_priority_class_test

import data.lintel.wiring.missing_priority_class as policy

defaults := {"LT-REF-011": {"knownClasses": ["system-cluster-critical", "system-node-critical"]}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"default": {
			"v1": {
				"Pod": {
					"web": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "web"},
						"spec": {
							"priorityClassName": "hihg",
							"initContainers": [{"name": "init", "image": "example.com/a:1"}],
							"containers": [{"name": "web", "image": "example.com/a:1"}],
						},
					},
				},
			},
			"batch/v1": {
				"CronJob": {
					"night": {
						"apiVersion": "batch/v1",
						"kind": "CronJob",
						"metadata": {"name": "night"},
						"spec": {
							"jobTemplate": {
								"spec": {
									"template": {
										"spec": {
											"priorityClassName": "low",
											"containers": [{"name": "web", "image": "example.com/a:1"}],
											"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
										},
									},
								},
							},
						},
					},
				},
			},
		},
	},
	"cluster": {
		"scheduling.k8s.io/v1": {
			"PriorityClass": {
				"high": {
					"apiVersion": "scheduling.k8s.io/v1",
					"kind": "PriorityClass",
					"metadata": {"name": "high"},
					"value": 1000,
				},
			},
		},
	},
}

test_reports_pod_web if {
	messages(fail_bundle.namespace["default"].v1.Pod.web, fail_bundle) == {"Pod \"web\" uses the unknown priority class \"hihg\""}
}

test_reports_cronjob_night if {
	messages(fail_bundle.namespace["default"]["batch/v1"].CronJob.night, fail_bundle) == {"CronJob \"night\" uses the unknown priority class \"low\""}
}

pass_bundle := {
	"namespace": {
		"default": {
			"v1": {
				"Pod": {
					"web": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "web"},
						"spec": {"priorityClassName": "high", "containers": [{"name": "web", "image": "example.com/a:1"}]},
					},
					"node": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "node"},
						"spec": {
							"priorityClassName": "system-node-critical",
							"containers": [{"name": "web", "image": "example.com/a:1"}],
						},
					},
				},
			},
		},
	},
	"cluster": {
		"scheduling.k8s.io/v1": {
			"PriorityClass": {
				"high": {
					"apiVersion": "scheduling.k8s.io/v1",
					"kind": "PriorityClass",
					"metadata": {"name": "high"},
					"value": 1000,
				},
			},
		},
	},
}

test_allows_pod_web if {
	messages(pass_bundle.namespace["default"].v1.Pod.web, pass_bundle) == set()
}

test_allows_pod_node if {
	messages(pass_bundle.namespace["default"].v1.Pod.node, pass_bundle) == set()
}
