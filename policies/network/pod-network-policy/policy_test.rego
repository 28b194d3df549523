package lintel.network.pod_network_policy_test

import data.lintel.network.pod_network_policy as policy

defaults := {"LT-NET-002": {"exemptNamespaces": ["kube-system"]}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
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
						"spec": {
							"podSelector": {"matchLabels": {"app": "web"}},
							"ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "front"}}}]}],
						},
					},
					"egress": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "egress", "namespace": "shop"},
						"spec": {"podSelector": {}, "policyTypes": ["Egress"]},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"db": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "db", "namespace": "shop"},
						"spec": {
							"selector": {"matchLabels": {"app": "db"}},
							"template": {
								"metadata": {"labels": {"app": "db"}},
								"spec": {"containers": [{"name": "db", "image": "example.com/db:1"}]},
							},
						},
					},
				},
			},
			"v1": {
				"Pod": {
					"bare": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "bare", "namespace": "shop"},
						"spec": {
							"initContainers": [{"name": "init", "image": "example.com/a:1"}],
							"containers": [{"name": "a", "image": "example.com/a:1"}],
							"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_deployment_db if {
	messages(fail_bundle.namespace.shop["apps/v1"].Deployment.db, fail_bundle) == {"no NetworkPolicy of namespace \"shop\" limits ingress to the Pods of Deployment \"db\""}
}

test_reports_pod_bare if {
	messages(fail_bundle.namespace.shop.v1.Pod.bare, fail_bundle) == {"no NetworkPolicy of namespace \"shop\" limits ingress to the Pods of Pod \"bare\""}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"default-deny": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "default-deny", "namespace": "shop"},
						"spec": {"podSelector": {}},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"db": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "db", "namespace": "shop"},
						"spec": {
							"selector": {"matchLabels": {"app": "db"}},
							"template": {
								"metadata": {"labels": {"app": "db"}},
								"spec": {"containers": [{"name": "db", "image": "example.com/db:1"}]},
							},
						},
					},
				},
			},
		},
		"mesh": {
			"cilium.io/v2": {
				"CiliumNetworkPolicy": {
					"all": {
						"apiVersion": "cilium.io/v2",
						"kind": "CiliumNetworkPolicy",
						"metadata": {"name": "all", "namespace": "mesh"},
						"spec": {"endpointSelector": {}, "ingress": [{}]},
					},
				},
			},
			"batch/v1": {
				"CronJob": {
					"night": {
						"apiVersion": "batch/v1",
						"kind": "CronJob",
						"metadata": {"name": "night", "namespace": "mesh"},
						"spec": {
							"schedule": "0 3 * * *",
							"jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "a", "image": "example.com/a:1"}]}}}},
						},
					},
				},
			},
		},
		"edge": {
			"v1": {
				"Pod": {
					"host": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "host", "namespace": "edge"},
						"spec": {"hostNetwork": true, "containers": [{"name": "a", "image": "example.com/a:1"}]},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_deployment_db if {
	messages(pass_bundle.namespace.shop["apps/v1"].Deployment.db, pass_bundle) == set()
}

test_allows_cronjob_night if {
	messages(pass_bundle.namespace.mesh["batch/v1"].CronJob.night, pass_bundle) == set()
}

test_allows_pod_host if {
	messages(pass_bundle.namespace.edge.v1.Pod.host, pass_bundle) == set()
}
