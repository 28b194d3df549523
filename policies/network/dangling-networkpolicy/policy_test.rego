package lintel.network.dangling_networkpolicy_test

import data.lintel.network.dangling_networkpolicy as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.settings as {"strict_references": true} with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"web": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"podSelector": {"matchLabels": {"app": "webb"}}},
					},
					"tier": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "tier", "namespace": "shop"},
						"spec": {"podSelector": {"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["web"]}]}},
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
							"template": {
								"metadata": {"labels": {"app": "web"}},
								"spec": {"containers": [{"name": "web", "image": "example.com/web:1"}]},
							},
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_networkpolicy_web if {
	messages(fail_bundle.namespace.shop["networking.k8s.io/v1"].NetworkPolicy.web, fail_bundle) == {"NetworkPolicy \"web\" selects no Pod of namespace \"shop\"; Deployment \"web\" has other labels"}
}

test_reports_networkpolicy_tier if {
	messages(fail_bundle.namespace.shop["networking.k8s.io/v1"].NetworkPolicy.tier, fail_bundle) == {"NetworkPolicy \"tier\" selects no Pod of namespace \"shop\""}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"web": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"podSelector": {"matchLabels": {"app": "web"}}},
					},
				},
			},
			"batch/v1": {
				"CronJob": {
					"web": {
						"apiVersion": "batch/v1",
						"kind": "CronJob",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"jobTemplate": {
								"spec": {
									"template": {
										"metadata": {"labels": {"app": "web"}},
										"spec": {"containers": [{"name": "web", "image": "example.com/web:1"}]},
									},
								},
							},
						},
					},
				},
			},
		},
		"empty": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"all": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "all", "namespace": "empty"},
						"spec": {"podSelector": {}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_networkpolicy_web if {
	messages(pass_bundle.namespace.shop["networking.k8s.io/v1"].NetworkPolicy.web, pass_bundle) == set()
}

test_allows_networkpolicy_all if {
	messages(pass_bundle.namespace.empty["networking.k8s.io/v1"].NetworkPolicy.all, pass_bundle) == set()
}
