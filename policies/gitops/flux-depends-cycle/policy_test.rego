package lintel.gitops.flux_depends_cycle_test

import data.lintel.gitops.flux_depends_cycle as policy

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
						"spec": {"dependsOn": [{"name": "b"}]},
					},
					"b": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"dependsOn": [{"name": "a"}]},
					},
					"self": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "self", "namespace": "shop"},
						"spec": {"dependsOn": [{"name": "self"}]},
					},
				},
			},
			"helm.toolkit.fluxcd.io/v2": {
				"HelmRelease": {
					"web": {
						"apiVersion": "helm.toolkit.fluxcd.io/v2",
						"kind": "HelmRelease",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"dependsOn": [{"name": "a"}]},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_kustomization_a if {
	messages(fail_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.a, fail_bundle) == {"Kustomization \"a\" waits for \"b\", which waits for it"}
}

test_reports_kustomization_b if {
	messages(fail_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.b, fail_bundle) == {"Kustomization \"b\" waits for \"a\", which waits for it"}
}

test_reports_kustomization_self if {
	messages(fail_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.self, fail_bundle) == {"Kustomization \"self\" waits for \"self\", which waits for it"}
}

test_reports_helmrelease_web if {
	messages(fail_bundle.namespace.shop["helm.toolkit.fluxcd.io/v2"].HelmRelease.web, fail_bundle) == {"HelmRelease \"web\" cannot wait for the Kustomization \"a\""}
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
						"spec": {"dependsOn": [{"name": "b"}, {"name": "c", "namespace": "shop"}]},
					},
					"b": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"dependsOn": [{"name": "c"}]},
					},
					"c": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "c", "namespace": "shop"},
						"spec": {"path": "./c"},
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

test_allows_kustomization_c if {
	messages(pass_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.c, pass_bundle) == set()
}
