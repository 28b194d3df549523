package lintel.network.pod_egress_policy_test

import data.lintel.network.pod_egress_policy as policy

defaults := {"LT-NET-003": {"exemptNamespaces": ["kube-system"]}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"default-deny-ingress": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "default-deny-ingress", "namespace": "shop"},
						"spec": {"podSelector": {}, "policyTypes": ["Ingress"]},
					},
					"open": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "open", "namespace": "shop"},
						"spec": {"podSelector": {"matchLabels": {"app": "web"}}, "policyTypes": ["Egress"], "egress": [{}]},
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
							"template": {
								"metadata": {"labels": {"app": "db"}},
								"spec": {
									"initContainers": [{"name": "init", "image": "example.com/db:1"}],
									"containers": [{"name": "db", "image": "example.com/db:1"}],
								},
							},
						},
					},
				},
				"StatefulSet": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "StatefulSet",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"template": {
								"metadata": {"labels": {"app": "web"}},
								"spec": {
									"containers": [{"name": "db", "image": "example.com/db:1"}],
									"ephemeralContainers": [{"name": "debug", "image": "example.com/db:1"}],
								},
							},
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_deployment_db if {
	messages(fail_bundle.namespace.shop["apps/v1"].Deployment.db, fail_bundle) == {"no NetworkPolicy of namespace \"shop\" limits egress of the Pods of Deployment \"db\""}
}

test_reports_statefulset_web if {
	messages(fail_bundle.namespace.shop["apps/v1"].StatefulSet.web, fail_bundle) == {"NetworkPolicy \"open\" lets the Pods of StatefulSet \"web\" connect anywhere"}
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
						"spec": {
							"podSelector": {},
							"policyTypes": ["Ingress", "Egress"],
							"egress": [{"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}],
						},
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
					"web": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "web", "namespace": "shop", "labels": {"app": "web"}},
						"spec": {"containers": [{"name": "web", "image": "example.com/web:1"}]},
					},
				},
			},
		},
		"kube-system": {
			"v1": {
				"Pod": {
					"proxy": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "proxy", "namespace": "kube-system"},
						"spec": {"containers": [{"name": "web", "image": "example.com/web:1"}]},
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

test_allows_pod_web if {
	messages(pass_bundle.namespace.shop.v1.Pod.web, pass_bundle) == set()
}

test_allows_pod_proxy if {
	messages(pass_bundle.namespace["kube-system"].v1.Pod.proxy, pass_bundle) == set()
}
