package lintel.wiring.duplicate_object_test

import data.lintel.wiring.duplicate_object as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"ConfigMap": {
					"settings": {
						"apiVersion": "v1",
						"kind": "ConfigMap",
						"metadata": {"name": "settings", "namespace": "shop"},
						"data": {"mode": "fast"},
					},
				},
			},
			"autoscaling/v1": {
				"HorizontalPodAutoscaler": {
					"web": {
						"apiVersion": "autoscaling/v1",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "web", "namespace": "shop"},
					},
				},
			},
			"autoscaling/v2": {
				"HorizontalPodAutoscaler": {
					"web": {
						"apiVersion": "autoscaling/v2",
						"kind": "HorizontalPodAutoscaler",
						"metadata": {"name": "web", "namespace": "shop"},
					},
				},
			},
		},
	},
	"cluster": {
		"rbac.authorization.k8s.io/v1": {
			"ClusterRole": {
				"reader": {
					"apiVersion": "rbac.authorization.k8s.io/v1",
					"kind": "ClusterRole",
					"metadata": {"name": "reader"},
					"rules": [],
				},
			},
		},
	},
}

test_reports_configmap_settings if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "settings", "namespace": "shop"},
		"data": {"mode": "slow"},
	}, fail_bundle) == {"ConfigMap \"settings\" is defined twice"}
}

test_reports_horizontalpodautoscaler_web if {
	messages(fail_bundle.namespace["shop"]["autoscaling/v1"].HorizontalPodAutoscaler["web"], fail_bundle) == {"HorizontalPodAutoscaler \"web\" is defined twice"}
}

test_reports_horizontalpodautoscaler_web_2 if {
	messages(fail_bundle.namespace["shop"]["autoscaling/v2"].HorizontalPodAutoscaler["web"], fail_bundle) == {"HorizontalPodAutoscaler \"web\" is defined twice"}
}

test_reports_clusterrole_reader if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "reader"},
	}, fail_bundle) == {"ClusterRole \"reader\" is defined twice"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"ConfigMap": {
					"settings": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "shop"}},
				},
				"Secret": {
					"settings": {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "settings", "namespace": "shop"}},
				},
			},
		},
		"other": {
			"v1": {
				"ConfigMap": {
					"settings": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "other"}},
				},
			},
		},
	},
	"cluster": {
		"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}}},
	},
}

test_allows_configmap_settings_2 if {
	messages(pass_bundle.namespace["shop"]["v1"].ConfigMap["settings"], pass_bundle) == set()
}

test_allows_configmap_settings_3 if {
	messages(pass_bundle.namespace["other"]["v1"].ConfigMap["settings"], pass_bundle) == set()
}

test_allows_secret_settings if {
	messages(pass_bundle.namespace["shop"]["v1"].Secret["settings"], pass_bundle) == set()
}

test_allows_namespace_shop if {
	messages(pass_bundle.cluster["v1"].Namespace["shop"], pass_bundle) == set()
}

test_allows_job_job if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "Job",
		"metadata": {"generateName": "job-", "namespace": "shop"},
	}, pass_bundle) == set()
}
