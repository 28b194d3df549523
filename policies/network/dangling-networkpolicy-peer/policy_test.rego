package lintel.network.dangling_networkpolicy_peer_test

import data.lintel.network.dangling_networkpolicy_peer as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
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
							"ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "fronted"}}}]}],
						},
					},
					"out": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "out", "namespace": "shop"},
						"spec": {
							"podSelector": {"matchLabels": {"app": "web"}},
							"egress": [{"to": [{"podSelector": {"matchLabels": {"app": "db"}}}]}],
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
	},
	"cluster": {},
}

test_reports_networkpolicy_web if {
	messages(fail_bundle.namespace.shop["networking.k8s.io/v1"].NetworkPolicy.web, fail_bundle) == {"an ingress peer of NetworkPolicy \"web\" selects no Pod of namespace \"shop\""}
}

test_reports_networkpolicy_out if {
	messages(fail_bundle.namespace.shop["networking.k8s.io/v1"].NetworkPolicy.out, fail_bundle) == {"an egress peer of NetworkPolicy \"out\" selects no Pod of namespace \"shop\""}
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
						"spec": {
							"podSelector": {"matchLabels": {"app": "web"}},
							"ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "web"}}}]}],
						},
					},
					"other": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "other", "namespace": "shop"},
						"spec": {
							"podSelector": {},
							"egress": [
								{
									"to": [
										{
											"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "dns"}},
											"podSelector": {"matchLabels": {"k8s-app": "kube-dns"}},
										},
										{"ipBlock": {"cidr": "10.0.0.0/8"}},
									],
								},
							],
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
	},
	"cluster": {},
}

test_allows_networkpolicy_web if {
	messages(pass_bundle.namespace.shop["networking.k8s.io/v1"].NetworkPolicy.web, pass_bundle) == set()
}

test_allows_networkpolicy_other if {
	messages(pass_bundle.namespace.shop["networking.k8s.io/v1"].NetworkPolicy.other, pass_bundle) == set()
}
