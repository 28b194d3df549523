package lintel.gitops.flux_sops_missing_test

import data.lintel.gitops.flux_sops_missing as policy

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
						"spec": {"path": "./web"},
					},
					"b": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"path": "./api"},
					},
				},
			},
			"v1": {
				"Secret": {
					"db": {
						"apiVersion": "v1",
						"kind": "Secret",
						"metadata": {"name": "db", "namespace": "shop"},
						"data": {"password": "ENC[AES256_GCM,data:x]"},
						"sops": {"mac": "ENC[AES256_GCM,data:x]"},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_kustomization_a if {
	messages(fail_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.a, fail_bundle) == {"Kustomization \"a\" has no decryption, although Secret shop/db is encrypted with SOPS"}
}

test_reports_kustomization_b if {
	messages(fail_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.b, fail_bundle) == {"Kustomization \"b\" has no decryption, although Secret shop/db is encrypted with SOPS"}
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
						"spec": {"decryption": {"provider": "sops", "secretRef": {"name": "sops-age"}}},
					},
					"b": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"path": "./other"},
					},
				},
			},
			"v1": {
				"Secret": {
					"db": {
						"apiVersion": "v1",
						"kind": "Secret",
						"metadata": {"name": "db", "namespace": "shop"},
						"sops": {"mac": "ENC[AES256_GCM,data:x]"},
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

test_reports_decryption_without_keys if {
	object := {"kind": "Kustomization", "metadata": {"name": "a"}, "spec": {"decryption": {"provider": "sops"}}}
	count(policy.deny) == 1 with input as object with data.inventory as {"namespace": {}, "cluster": {}}
}
