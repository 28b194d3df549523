package lintel.wiring.hpa_without_requests_test

import data.lintel.wiring.hpa_without_requests as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"autoscaling/v2": {
				"HorizontalPodAutoscaler": {
					"a": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {
							"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
							"metrics": [
								{
									"type": "Resource",
									"resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 80}},
								},
							],
						},
					},
				},
			},
			"autoscaling/v1": {
				"HorizontalPodAutoscaler": {
					"b": {
						"apiVersion": "autoscaling/v1",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {
							"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
							"targetCPUUtilizationPercentage": 80,
						},
					},
				},
			},
			"autoscaling/v2beta1": {
				"HorizontalPodAutoscaler": {
					"c": {
						"apiVersion": "autoscaling/v2beta1",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "c", "namespace": "shop"},
						"spec": {
							"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
							"metrics": [{"type": "Resource", "resource": {"name": "cpu", "targetAverageUtilization": 80}}],
						},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"template": {"spec": {"containers": [{"name": "web", "resources": {"requests": {"memory": "1Gi"}}}]}},
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_horizontalpodautoscaler_a if {
	messages(fail_bundle.namespace.shop["autoscaling/v2"].HorizontalPodAutoscaler.a, fail_bundle) == {"HorizontalPodAutoscaler \"a\" measures cpu, for which container web of Deployment \"web\" has no request"}
}

test_reports_horizontalpodautoscaler_b if {
	messages(fail_bundle.namespace.shop["autoscaling/v1"].HorizontalPodAutoscaler.b, fail_bundle) == {"HorizontalPodAutoscaler \"b\" measures cpu, for which container web of Deployment \"web\" has no request"}
}

test_reports_horizontalpodautoscaler_c if {
	messages(fail_bundle.namespace.shop["autoscaling/v2beta1"].HorizontalPodAutoscaler.c, fail_bundle) == {"HorizontalPodAutoscaler \"c\" measures cpu, for which container web of Deployment \"web\" has no request"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"autoscaling/v2": {
				"HorizontalPodAutoscaler": {
					"a": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {
							"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
							"metrics": [
								{
									"type": "Resource",
									"resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 80}},
								},
								{
									"type": "Resource",
									"resource": {"name": "memory", "target": {"type": "AverageValue", "averageValue": "1Gi"}},
								},
							],
						},
					},
					"b": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {
							"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "pod-level"},
							"metrics": [
								{
									"type": "Resource",
									"resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 80}},
								},
							],
						},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"template": {"spec": {"containers": [{"name": "web", "resources": {"limits": {"cpu": "1"}}}]}}},
					},
					"pod-level": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "pod-level", "namespace": "shop"},
						"spec": {"template": {"spec": {"resources": {"requests": {"cpu": "1"}}, "containers": [{"name": "web"}]}}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_horizontalpodautoscaler_a if {
	messages(pass_bundle.namespace.shop["autoscaling/v2"].HorizontalPodAutoscaler.a, pass_bundle) == set()
}

test_allows_horizontalpodautoscaler_b if {
	messages(pass_bundle.namespace.shop["autoscaling/v2"].HorizontalPodAutoscaler.b, pass_bundle) == set()
}
