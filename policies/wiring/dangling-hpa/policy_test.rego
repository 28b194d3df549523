package lintel.wiring.dangling_hpa_test

import data.lintel.wiring.dangling_hpa as policy

defaults := {"LT-REF-004": {"ignoredKinds": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.settings as {"strict_references": true} with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"autoscaling/v2": {
				"HorizontalPodAutoscaler": {
					"web": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "webb"}},
					},
					"wrong-kind": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "wrong-kind", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web"}},
					},
				},
			},
			"keda.sh/v1alpha1": {
				"ScaledObject": {
					"queue": {
						"apiVersion": "keda.sh/v1alpha1",
						"kind": "ScaledObject",
						"metadata": {"name": "queue", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"name": "worker"}},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"replicas": 2},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_horizontalpodautoscaler_web if {
	messages(fail_bundle.namespace.shop["autoscaling/v2"].HorizontalPodAutoscaler.web, fail_bundle) == {"HorizontalPodAutoscaler \"web\" targets Deployment \"webb\", which is not in namespace \"shop\"; there is Deployment \"web\""}
}

test_reports_scaledobject_queue if {
	messages(fail_bundle.namespace.shop["keda.sh/v1alpha1"].ScaledObject.queue, fail_bundle) == {"ScaledObject \"queue\" targets Deployment \"worker\", which is not in namespace \"shop\""}
}

test_reports_horizontalpodautoscaler_wrong_kind if {
	messages(fail_bundle.namespace.shop["autoscaling/v2"].HorizontalPodAutoscaler["wrong-kind"], fail_bundle) == {"HorizontalPodAutoscaler \"wrong-kind\" targets StatefulSet \"web\", which is not in namespace \"shop\"; Deployment \"web\" is"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"autoscaling/v2": {
				"HorizontalPodAutoscaler": {
					"web": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"apiVersion": "apps/v1beta2", "kind": "Deployment", "name": "web"}},
					},
				},
			},
			"autoscaling.k8s.io/v1": {
				"VerticalPodAutoscaler": {
					"web": {
						"apiVersion": "autoscaling.k8s.io/v1",
						"kind": "VerticalPodAutoscaler",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}},
					},
				},
			},
			"keda.sh/v1alpha1": {
				"ScaledObject": {
					"web": {
						"apiVersion": "keda.sh/v1alpha1",
						"kind": "ScaledObject",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"name": "web"}},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"replicas": 2},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_horizontalpodautoscaler_web if {
	messages(pass_bundle.namespace.shop["autoscaling/v2"].HorizontalPodAutoscaler.web, pass_bundle) == set()
}

test_allows_verticalpodautoscaler_web if {
	messages(pass_bundle.namespace.shop["autoscaling.k8s.io/v1"].VerticalPodAutoscaler.web, pass_bundle) == set()
}

test_allows_scaledobject_web if {
	messages(pass_bundle.namespace.shop["keda.sh/v1alpha1"].ScaledObject.web, pass_bundle) == set()
}
