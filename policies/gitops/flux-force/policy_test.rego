package lintel.gitops.flux_force_test

import data.lintel.gitops.flux_force as policy

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
						"spec": {"force": true},
					},
				},
			},
			"helm.toolkit.fluxcd.io/v2": {
				"HelmRelease": {
					"b": {
						"apiVersion": "helm.toolkit.fluxcd.io/v2",
						"kind": "HelmRelease",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"upgrade": {"force": true}},
					},
				},
			},
			"v1": {
				"PersistentVolumeClaim": {
					"data": {
						"apiVersion": "v1",
						"kind": "PersistentVolumeClaim",
						"metadata": {"name": "data", "namespace": "shop"},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_kustomization_a if {
	messages(fail_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.a, fail_bundle) == {"Kustomization \"a\" recreates objects, stateful ones among them (spec.force)"}
}

test_reports_helmrelease_b if {
	messages(fail_bundle.namespace.shop["helm.toolkit.fluxcd.io/v2"].HelmRelease.b, fail_bundle) == {"HelmRelease \"b\" recreates objects, stateful ones among them (spec.upgrade.force)"}
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
						"spec": {"force": false},
					},
				},
			},
			"helm.toolkit.fluxcd.io/v2": {
				"HelmRelease": {
					"b": {
						"apiVersion": "helm.toolkit.fluxcd.io/v2",
						"kind": "HelmRelease",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"upgrade": {"cleanupOnFail": true}},
					},
				},
			},
			"v1": {
				"PersistentVolumeClaim": {
					"data": {
						"apiVersion": "v1",
						"kind": "PersistentVolumeClaim",
						"metadata": {"name": "data", "namespace": "shop"},
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

test_allows_helmrelease_b if {
	messages(pass_bundle.namespace.shop["helm.toolkit.fluxcd.io/v2"].HelmRelease.b, pass_bundle) == set()
}
