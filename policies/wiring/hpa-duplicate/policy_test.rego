package lintel.wiring.hpa_duplicate_test

import data.lintel.wiring.hpa_duplicate as policy

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
						"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}},
					},
					"d": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "d", "namespace": "shop"},
						"spec": {
							"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"},
							"metrics": [{"type": "Resource", "resource": {"name": "cpu"}}],
						},
					},
				},
			},
			"keda.sh/v1alpha1": {
				"ScaledObject": {
					"b": {
						"apiVersion": "keda.sh/v1alpha1",
						"kind": "ScaledObject",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"name": "web"}},
					},
					"e": {
						"apiVersion": "keda.sh/v1alpha1",
						"kind": "ScaledObject",
						"metadata": {"name": "e", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"name": "api"}, "triggers": [{"type": "cpu"}]},
					},
				},
			},
			"autoscaling.k8s.io/v1": {
				"VerticalPodAutoscaler": {
					"c": {
						"apiVersion": "autoscaling.k8s.io/v1",
						"kind": "VerticalPodAutoscaler",
						"metadata": {"name": "c", "namespace": "shop"},
						"spec": {"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"}},
					},
					"f": {
						"apiVersion": "autoscaling.k8s.io/v1",
						"kind": "VerticalPodAutoscaler",
						"metadata": {"name": "f", "namespace": "shop"},
						"spec": {
							"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"},
							"updatePolicy": {"updateMode": "Off"},
						},
					},
				},
			},
		},
		"other": {
			"autoscaling/v1": {
				"HorizontalPodAutoscaler": {
					"g": {
						"apiVersion": "autoscaling/v1",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "g", "namespace": "other"},
						"spec": {
							"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"},
							"targetCPUUtilizationPercentage": 80,
						},
					},
				},
			},
			"autoscaling.k8s.io/v1": {
				"VerticalPodAutoscaler": {
					"h": {
						"apiVersion": "autoscaling.k8s.io/v1",
						"kind": "VerticalPodAutoscaler",
						"metadata": {"name": "h", "namespace": "other"},
						"spec": {"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_horizontalpodautoscaler_a if {
	messages(fail_bundle.namespace.shop["autoscaling/v2"].HorizontalPodAutoscaler.a, fail_bundle) == {"HorizontalPodAutoscaler \"a\" and ScaledObject \"b\" scale the same Deployment \"web\""}
}

test_reports_scaledobject_b if {
	messages(fail_bundle.namespace.shop["keda.sh/v1alpha1"].ScaledObject.b, fail_bundle) == {"ScaledObject \"b\" and HorizontalPodAutoscaler \"a\" scale the same Deployment \"web\""}
}

test_reports_verticalpodautoscaler_c if {
	messages(fail_bundle.namespace.shop["autoscaling.k8s.io/v1"].VerticalPodAutoscaler.c, fail_bundle) == {`VerticalPodAutoscaler "c" and HorizontalPodAutoscaler "d", ScaledObject "e", VerticalPodAutoscaler "f" scale the same Deployment "api"`}
}

test_reports_horizontalpodautoscaler_d if {
	messages(fail_bundle.namespace.shop["autoscaling/v2"].HorizontalPodAutoscaler.d, fail_bundle) == {`HorizontalPodAutoscaler "d" and ScaledObject "e", VerticalPodAutoscaler "c" scale the same Deployment "api"`}
}

test_reports_scaledobject_e if {
	messages(fail_bundle.namespace.shop["keda.sh/v1alpha1"].ScaledObject.e, fail_bundle) == {`ScaledObject "e" and HorizontalPodAutoscaler "d", VerticalPodAutoscaler "c" scale the same Deployment "api"`}
}

test_reports_verticalpodautoscaler_f if {
	messages(fail_bundle.namespace.shop["autoscaling.k8s.io/v1"].VerticalPodAutoscaler.f, fail_bundle) == {"VerticalPodAutoscaler \"f\" and VerticalPodAutoscaler \"c\" scale the same Deployment \"api\""}
}

test_reports_horizontalpodautoscaler_g if {
	messages(fail_bundle.namespace.other["autoscaling/v1"].HorizontalPodAutoscaler.g, fail_bundle) == {"HorizontalPodAutoscaler \"g\" and VerticalPodAutoscaler \"h\" scale the same Deployment \"api\""}
}

test_reports_verticalpodautoscaler_h if {
	messages(fail_bundle.namespace.other["autoscaling.k8s.io/v1"].VerticalPodAutoscaler.h, fail_bundle) == {"VerticalPodAutoscaler \"h\" and HorizontalPodAutoscaler \"g\" scale the same Deployment \"api\""}
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
							"metrics": [{"type": "Resource", "resource": {"name": "cpu"}}],
						},
					},
					"b": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"}},
					},
				},
			},
			"autoscaling.k8s.io/v1": {
				"VerticalPodAutoscaler": {
					"a": {
						"apiVersion": "autoscaling.k8s.io/v1",
						"kind": "VerticalPodAutoscaler",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {
							"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
							"updatePolicy": {"updateMode": "Off"},
						},
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

test_allows_verticalpodautoscaler_a if {
	messages(pass_bundle.namespace.shop["autoscaling.k8s.io/v1"].VerticalPodAutoscaler.a, pass_bundle) == set()
}

test_allows_horizontalpodautoscaler_b if {
	messages(pass_bundle.namespace.shop["autoscaling/v2"].HorizontalPodAutoscaler.b, pass_bundle) == set()
}
