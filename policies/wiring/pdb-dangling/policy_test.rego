package lintel.wiring.pdb_dangling_test

import data.lintel.wiring.pdb_dangling as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.settings as {"strict_references": true} with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"policy/v1": {
				"PodDisruptionBudget": {
					"a": {
						"apiVersion": "policy/v1",
						"kind": "PodDisruptionBudget",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {"selector": {"matchLabels": {"app": "webb"}}},
					},
					"b": {
						"apiVersion": "policy/v1",
						"kind": "PodDisruptionBudget",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"selector": {}},
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

test_reports_poddisruptionbudget_a if {
	messages(fail_bundle.namespace.shop["policy/v1"].PodDisruptionBudget.a, fail_bundle) == {"PodDisruptionBudget \"a\" selects no Pod of namespace \"shop\"; Pod \"web\" has other labels"}
}

test_reports_poddisruptionbudget_b if {
	messages(fail_bundle.namespace.shop["policy/v1"].PodDisruptionBudget.b, fail_bundle) == {"PodDisruptionBudget \"b\" has an empty selector"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"policy/v1": {
				"PodDisruptionBudget": {
					"a": {
						"apiVersion": "policy/v1",
						"kind": "PodDisruptionBudget",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {"selector": {"matchLabels": {"app": "web"}}},
					},
					"b": {
						"apiVersion": "policy/v1",
						"kind": "PodDisruptionBudget",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"selector": {"matchExpressions": [{"key": "app", "operator": "Exists"}]}},
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

test_allows_poddisruptionbudget_a if {
	messages(pass_bundle.namespace.shop["policy/v1"].PodDisruptionBudget.a, pass_bundle) == set()
}

test_allows_poddisruptionbudget_b if {
	messages(pass_bundle.namespace.shop["policy/v1"].PodDisruptionBudget.b, pass_bundle) == set()
}
