package lintel.wiring.missing_runtime_class_test

import data.lintel.wiring.missing_runtime_class as policy

defaults := {"LT-REF-014": {"knownClasses": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"default": {
			"v1": {
				"Pod": {
					"a": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "a"},
						"spec": {
							"runtimeClassName": "gviser",
							"initContainers": [{"name": "init", "image": "example.com/a:1"}],
							"containers": [{"name": "a", "image": "example.com/a:1"}],
						},
					},
				},
			},
			"apps/v1": {
				"DaemonSet": {
					"b": {
						"apiVersion": "apps/v1",
						"kind": "DaemonSet",
						"metadata": {"name": "b"},
						"spec": {
							"template": {
								"spec": {
									"runtimeClassName": "kata",
									"containers": [{"name": "a", "image": "example.com/a:1"}],
									"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
								},
							},
						},
					},
				},
			},
		},
	},
	"cluster": {
		"node.k8s.io/v1": {
			"RuntimeClass": {
				"gvisor": {
					"apiVersion": "node.k8s.io/v1",
					"kind": "RuntimeClass",
					"metadata": {"name": "gvisor"},
					"handler": "runsc",
				},
			},
		},
	},
}

test_reports_pod_a if {
	messages(fail_bundle.namespace["default"].v1.Pod.a, fail_bundle) == {"Pod \"a\" uses the unknown runtime class \"gviser\""}
}

test_reports_daemonset_b if {
	messages(fail_bundle.namespace["default"]["apps/v1"].DaemonSet.b, fail_bundle) == {"DaemonSet \"b\" uses the unknown runtime class \"kata\""}
}

pass_bundle := {
	"namespace": {
		"default": {
			"v1": {
				"Pod": {
					"a": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "a"},
						"spec": {"runtimeClassName": "gvisor", "containers": [{"name": "a", "image": "example.com/a:1"}]},
					},
					"b": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "b"},
						"spec": {"containers": [{"name": "a", "image": "example.com/a:1"}]},
					},
				},
			},
		},
	},
	"cluster": {
		"node.k8s.io/v1": {
			"RuntimeClass": {
				"gvisor": {
					"apiVersion": "node.k8s.io/v1",
					"kind": "RuntimeClass",
					"metadata": {"name": "gvisor"},
					"handler": "runsc",
				},
			},
		},
	},
}

test_allows_pod_a if {
	messages(pass_bundle.namespace["default"].v1.Pod.a, pass_bundle) == set()
}

test_allows_pod_b if {
	messages(pass_bundle.namespace["default"].v1.Pod.b, pass_bundle) == set()
}
