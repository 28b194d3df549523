package lintel.network.namespace_default_deny_test

import data.lintel.network.namespace_default_deny as policy

defaults := {
	"LT-NET-009": {
		"exemptNamespaces": ["default", "kube-system", "kube-public", "kube-node-lease"],
		"requireEgress": false,
	},
}

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
						"spec": {"podSelector": {"matchLabels": {"app": "web"}}},
					},
					"all": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "all", "namespace": "shop"},
						"spec": {"podSelector": {}, "ingress": [{}]},
					},
				},
			},
		},
	},
	"cluster": {
		"v1": {
			"Namespace": {
				"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}},
				"build": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "build"}},
			},
		},
	},
}

test_reports_namespace_shop if {
	messages(fail_bundle.cluster.v1.Namespace.shop, fail_bundle) == {"namespace \"shop\" has no NetworkPolicy that denies ingress by default"}
}

test_reports_namespace_build if {
	messages(fail_bundle.cluster.v1.Namespace.build, fail_bundle) == {"namespace \"build\" has no NetworkPolicy that denies ingress by default"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"deny": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "deny", "namespace": "shop"},
						"spec": {"podSelector": {}, "policyTypes": ["Ingress"]},
					},
				},
			},
		},
	},
	"cluster": {
		"v1": {
			"Namespace": {
				"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}},
				"kube-system": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-system"}},
			},
		},
	},
}

test_allows_namespace_shop if {
	messages(pass_bundle.cluster.v1.Namespace.shop, pass_bundle) == set()
}

test_allows_namespace_kube_system if {
	messages(pass_bundle.cluster.v1.Namespace["kube-system"], pass_bundle) == set()
}

test_reports_missing_egress_deny if {
	count(policy.deny) == 1 with input as pass_bundle.cluster.v1.Namespace.shop
		with data.inventory as pass_bundle
		with data.parameters as {"LT-NET-009": {"exemptNamespaces": [], "requireEgress": true}}
}
