package lintel.secrets.external_secret_shape_test

import data.lintel.secrets.external_secret_shape as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.settings as {"strict_references": true} with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"external-secrets.io/v1": {
				"ExternalSecret": {
					"a": {
						"apiVersion": "external-secrets.io/v1",
						"kind": "ExternalSecret",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {"refreshInterval": "0", "secretStoreRef": {"name": "vault"}},
					},
					"b": {
						"apiVersion": "external-secrets.io/v1",
						"kind": "ExternalSecret",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"refreshInterval": "1h", "secretStoreRef": {"kind": "ClusterSecretStore", "name": "other"}},
					},
				},
			},
		},
	},
	"cluster": {
		"external-secrets.io/v1": {
			"ClusterSecretStore": {
				"vault": {
					"apiVersion": "external-secrets.io/v1",
					"kind": "ClusterSecretStore",
					"metadata": {"name": "vault"},
					"spec": {"provider": {"vault": {"server": "https://vault.example.com", "auth": {"token": "abcdef"}}}},
				},
			},
		},
	},
}

test_reports_clustersecretstore_vault if {
	messages(fail_bundle.cluster["external-secrets.io/v1"].ClusterSecretStore.vault, fail_bundle) == {"ClusterSecretStore \"vault\" holds a readable credential in \"token\"", "ClusterSecretStore \"vault\" may be used from every namespace"}
}

test_reports_externalsecret_a if {
	messages(fail_bundle.namespace.shop["external-secrets.io/v1"].ExternalSecret.a, fail_bundle) == {"ExternalSecret \"a\" is never refreshed", "ExternalSecret \"a\" names SecretStore \"vault\", which does not exist"}
}

test_reports_externalsecret_b if {
	messages(fail_bundle.namespace.shop["external-secrets.io/v1"].ExternalSecret.b, fail_bundle) == {"ExternalSecret \"b\" names ClusterSecretStore \"other\", which does not exist"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"external-secrets.io/v1": {
				"SecretStore": {
					"own": {
						"apiVersion": "external-secrets.io/v1",
						"kind": "SecretStore",
						"metadata": {"name": "own", "namespace": "shop"},
						"spec": {
							"provider": {"aws": {"auth": {"secretRef": {"accessKeyIDSecretRef": {"name": "aws", "key": "id"}}}}},
						},
					},
				},
				"ExternalSecret": {
					"a": {
						"apiVersion": "external-secrets.io/v1",
						"kind": "ExternalSecret",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {"refreshInterval": "1h", "secretStoreRef": {"name": "vault", "kind": "ClusterSecretStore"}},
					},
					"b": {
						"apiVersion": "external-secrets.io/v1",
						"kind": "ExternalSecret",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"refreshInterval": "1h", "secretStoreRef": {"name": "own"}},
					},
				},
			},
		},
	},
	"cluster": {
		"external-secrets.io/v1": {
			"ClusterSecretStore": {
				"vault": {
					"apiVersion": "external-secrets.io/v1",
					"kind": "ClusterSecretStore",
					"metadata": {"name": "vault"},
					"spec": {
						"conditions": [{"namespaces": ["shop"]}],
						"provider": {"vault": {"auth": {"kubernetes": {"role": "shop"}}}},
					},
				},
			},
		},
	},
}

test_allows_clustersecretstore_vault if {
	messages(pass_bundle.cluster["external-secrets.io/v1"].ClusterSecretStore.vault, pass_bundle) == set()
}

test_allows_secretstore_own if {
	messages(pass_bundle.namespace.shop["external-secrets.io/v1"].SecretStore.own, pass_bundle) == set()
}

test_allows_externalsecret_a if {
	messages(pass_bundle.namespace.shop["external-secrets.io/v1"].ExternalSecret.a, pass_bundle) == set()
}

test_allows_externalsecret_b if {
	messages(pass_bundle.namespace.shop["external-secrets.io/v1"].ExternalSecret.b, pass_bundle) == set()
}

test_reports_missing_store_beside_a_namespaced_one if {
	inventory := {"namespace": {"shop": {"external-secrets.io/v1": {"SecretStore": {"own": {"metadata": {"name": "own"}}}}}}}
	object := {"kind": "ExternalSecret", "metadata": {"name": "a", "namespace": "shop"}, "spec": {"secretStoreRef": {"name": "gone"}}}
	count(policy.deny) == 1 with input as object with data.inventory as inventory with data.settings as {"strict_references": true}
	count(policy.deny) == 0 with input as object with data.inventory as inventory
}
