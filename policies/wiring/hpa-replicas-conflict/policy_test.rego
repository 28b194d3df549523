package lintel.wiring.hpa_replicas_conflict_test

import data.lintel.wiring.hpa_replicas_conflict as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"replicas": 3},
					},
				},
				"StatefulSet": {
					"queue": {
						"apiVersion": "apps/v1",
						"kind": "StatefulSet",
						"metadata": {"name": "queue", "namespace": "shop"},
						"spec": {"replicas": 1},
					},
				},
			},
			"autoscaling/v2": {
				"HorizontalPodAutoscaler": {
					"web": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}},
					},
				},
			},
			"keda.sh/v1alpha1": {
				"ScaledObject": {
					"queue": {
						"apiVersion": "keda.sh/v1alpha1",
						"kind": "ScaledObject",
						"metadata": {"name": "queue", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"kind": "StatefulSet", "name": "queue"}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_deployment_web if {
	messages(fail_bundle.namespace.shop["apps/v1"].Deployment.web, fail_bundle) == {"Deployment \"web\" fixes its replicas, which HorizontalPodAutoscaler \"web\" sets"}
}

test_reports_statefulset_queue if {
	messages(fail_bundle.namespace.shop["apps/v1"].StatefulSet.queue, fail_bundle) == {"StatefulSet \"queue\" fixes its replicas, which ScaledObject \"queue\" sets"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"selector": {}},
					},
					"api": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "api", "namespace": "shop"},
						"spec": {"replicas": 3},
					},
				},
			},
			"autoscaling/v2": {
				"HorizontalPodAutoscaler": {
					"web": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_deployment_web if {
	messages(pass_bundle.namespace.shop["apps/v1"].Deployment.web, pass_bundle) == set()
}

test_allows_deployment_api if {
	messages(pass_bundle.namespace.shop["apps/v1"].Deployment.api, pass_bundle) == set()
}

test_allows_ignored_replicas if {
	deployment := {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"}, "spec": {"replicas": 2}}
	application := {"metadata": {"name": "a"}, "spec": {"ignoreDifferences": [{"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]}]}}
	bundle := {"cluster": {}, "namespace": {"shop": {
		"autoscaling/v2": pass_bundle.namespace.shop["autoscaling/v2"],
		"argoproj.io/v1alpha1": {"Application": {"a": application}},
	}}}
	count(policy.deny) == 0 with input as deployment with data.inventory as bundle
}
