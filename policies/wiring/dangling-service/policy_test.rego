package lintel.wiring.dangling_service_test

import data.lintel.wiring.dangling_service as policy

defaults := {"LT-REF-002": {"ignoreLabels": [], "externalWorkloads": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.settings as {"strict_references": true} with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"Service": {
					"web": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"selector": {"app": "webb"}, "ports": [{"port": 80}]},
					},
					"both": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "both", "namespace": "shop"},
						"spec": {"selector": {"app": "web", "tier": "front"}, "ports": [{"port": 80}]},
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

test_reports_service_web if {
	messages(fail_bundle.namespace.shop.v1.Service.web, fail_bundle) == {"Service \"web\" selects no Pod of namespace \"shop\"; Deployment \"web\" has other labels"}
}

test_reports_service_both if {
	messages(fail_bundle.namespace.shop.v1.Service.both, fail_bundle) == {"Service \"both\" selects no Pod of namespace \"shop\"; Deployment \"web\" has other labels"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"Service": {
					"web": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]},
					},
					"manual": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "manual", "namespace": "shop"},
						"spec": {"ports": [{"port": 80}]},
					},
					"canary": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "canary", "namespace": "shop"},
						"spec": {"selector": {"app": "canary"}, "ports": [{"port": 80}]},
					},
				},
			},
			"argoproj.io/v1alpha1": {
				"Rollout": {
					"canary": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Rollout",
						"metadata": {"name": "canary", "namespace": "shop"},
						"spec": {
							"template": {
								"metadata": {"labels": {"app": "canary"}},
								"spec": {"containers": [{"name": "web", "image": "example.com/web:1"}]},
							},
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
							"template": {
								"metadata": {"labels": {"app": "web", "tier": "front"}},
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

test_allows_service_web if {
	messages(pass_bundle.namespace.shop.v1.Service.web, pass_bundle) == set()
}

test_allows_service_manual if {
	messages(pass_bundle.namespace.shop.v1.Service.manual, pass_bundle) == set()
}

test_allows_service_canary if {
	messages(pass_bundle.namespace.shop.v1.Service.canary, pass_bundle) == set()
}
