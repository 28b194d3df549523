package lintel.gitops.flux_substitution_undefined_test

import data.lintel.gitops.flux_substitution_undefined as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"kustomize.toolkit.fluxcd.io/v1": {
				"Kustomization": {
					"a": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {"postBuild": {"substitute": {"region": "eu"}}},
					},
					"b": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"postBuild": {}},
					},
				},
			},
			"v1": {
				"ConfigMap": {
					"app": {
						"apiVersion": "v1",
						"kind": "ConfigMap",
						"metadata": {"name": "app", "namespace": "shop"},
						"data": {"url": "https://${region}.${domain}/"},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_kustomization_a if {
	messages(fail_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.a, fail_bundle) == {"no Kustomization defines the variables domain"}
}

test_reports_kustomization_b if {
	messages(fail_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.b, fail_bundle) == {"no Kustomization defines the variables domain"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"kustomize.toolkit.fluxcd.io/v1": {
				"Kustomization": {
					"a": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {
							"postBuild": {"substitute": {"region": "eu"}, "substituteFrom": [{"kind": "ConfigMap", "name": "vars"}]},
						},
					},
					"b": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"path": "./b"},
					},
				},
			},
			"v1": {
				"ConfigMap": {
					"vars": {
						"apiVersion": "v1",
						"kind": "ConfigMap",
						"metadata": {"name": "vars", "namespace": "shop"},
						"data": {"domain": "example.com"},
					},
					"app": {
						"apiVersion": "v1",
						"kind": "ConfigMap",
						"metadata": {"name": "app", "namespace": "shop"},
						"data": {"url": "https://${region}.${domain}/${path:=x}", "script": "echo $${HOME}"},
					},
					"script": {
						"apiVersion": "v1",
						"kind": "ConfigMap",
						"metadata": {
							"name": "script",
							"namespace": "shop",
							"annotations": {"kustomize.toolkit.fluxcd.io/substitute": "disabled"},
						},
						"data": {"run.sh": "echo ${HOME}"},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_kustomization_a if {
	messages(pass_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.a, pass_bundle) == set()
}

test_allows_kustomization_b if {
	messages(pass_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.b, pass_bundle) == set()
}

test_allows_values_from_outside if {
	object := {"metadata": {"name": "a", "namespace": "shop"}, "spec": {"postBuild": {"substituteFrom": [{"kind": "Secret", "name": "outside"}]}}}
	count(policy.deny) == 0 with input as object with data.inventory as {"namespace": {"shop": {
		"kustomize.toolkit.fluxcd.io/v1": {"Kustomization": {"a": object}},
		"v1": {"ConfigMap": {"app": {"data": {"a": "${b}"}}}},
	}}}
}
