package lintel.gitops.flux_dangling_test

import data.lintel.gitops.flux_dangling as policy

defaults := {"LT-FLUX-012": {"externalRefs": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.settings as {"strict_references": true} with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"source.toolkit.fluxcd.io/v1": {
				"GitRepository": {
					"web": {
						"apiVersion": "source.toolkit.fluxcd.io/v1",
						"kind": "GitRepository",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"url": "https://git.example.com/web", "secretRef": {"name": "token"}},
					},
				},
			},
			"kustomize.toolkit.fluxcd.io/v1": {
				"Kustomization": {
					"a": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {
							"sourceRef": {"kind": "GitRepository", "name": "webb"},
							"dependsOn": [{"name": "db"}],
							"postBuild": {"substituteFrom": [{"kind": "ConfigMap", "name": "vars"}]},
						},
					},
				},
			},
			"notification.toolkit.fluxcd.io/v1beta3": {
				"Alert": {
					"chat": {
						"apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
						"kind": "Alert",
						"metadata": {"name": "chat", "namespace": "shop"},
						"spec": {"providerRef": {"name": "slack"}},
					},
				},
			},
			"v1": {
				"Secret": {
					"other": {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "other", "namespace": "shop"}},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_gitrepository_web if {
	messages(fail_bundle.namespace.shop["source.toolkit.fluxcd.io/v1"].GitRepository.web, fail_bundle) == {"GitRepository \"web\" uses Secret \"token\", which does not exist"}
}

test_reports_kustomization_a if {
	messages(fail_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.a, fail_bundle) == {"Kustomization \"a\" depends on Kustomization \"db\", which does not exist", "Kustomization \"a\" reads ConfigMap \"vars\", which does not exist", "Kustomization \"a\" uses GitRepository \"webb\", which does not exist; there is GitRepository \"web\""}
}

test_reports_alert_chat if {
	messages(fail_bundle.namespace.shop["notification.toolkit.fluxcd.io/v1beta3"].Alert.chat, fail_bundle) == {"Alert \"chat\" uses Provider \"slack\", which does not exist"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"source.toolkit.fluxcd.io/v1": {
				"GitRepository": {
					"web": {
						"apiVersion": "source.toolkit.fluxcd.io/v1",
						"kind": "GitRepository",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"url": "https://git.example.com/web", "secretRef": {"name": "token"}},
					},
				},
			},
			"kustomize.toolkit.fluxcd.io/v1": {
				"Kustomization": {
					"a": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {
							"sourceRef": {"kind": "GitRepository", "name": "web"},
							"dependsOn": [{"name": "b"}],
							"postBuild": {"substituteFrom": [{"kind": "ConfigMap", "name": "vars", "optional": true}]},
						},
					},
					"b": {
						"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
						"kind": "Kustomization",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"sourceRef": {"kind": "GitRepository", "name": "web"}},
					},
				},
			},
			"notification.toolkit.fluxcd.io/v1beta3": {
				"Provider": {
					"slack": {
						"apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
						"kind": "Provider",
						"metadata": {"name": "slack", "namespace": "shop"},
						"spec": {"type": "slack"},
					},
				},
				"Alert": {
					"chat": {
						"apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
						"kind": "Alert",
						"metadata": {"name": "chat", "namespace": "shop"},
						"spec": {"providerRef": {"name": "slack"}},
					},
				},
			},
			"bitnami.com/v1alpha1": {
				"SealedSecret": {
					"token": {
						"apiVersion": "bitnami.com/v1alpha1",
						"kind": "SealedSecret",
						"metadata": {"name": "token", "namespace": "shop"},
					},
				},
			},
			"v1": {
				"ConfigMap": {
					"other": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "other", "namespace": "shop"}},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_gitrepository_web if {
	messages(pass_bundle.namespace.shop["source.toolkit.fluxcd.io/v1"].GitRepository.web, pass_bundle) == set()
}

test_allows_kustomization_a if {
	messages(pass_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.a, pass_bundle) == set()
}

test_allows_kustomization_b if {
	messages(pass_bundle.namespace.shop["kustomize.toolkit.fluxcd.io/v1"].Kustomization.b, pass_bundle) == set()
}

test_allows_provider_slack if {
	messages(pass_bundle.namespace.shop["notification.toolkit.fluxcd.io/v1beta3"].Provider.slack, pass_bundle) == set()
}

test_allows_alert_chat if {
	messages(pass_bundle.namespace.shop["notification.toolkit.fluxcd.io/v1beta3"].Alert.chat, pass_bundle) == set()
}

test_allows_external_source if {
	object := {"kind": "Kustomization", "metadata": {"name": "a"}, "spec": {"sourceRef": {"kind": "GitRepository", "name": "infra"}}}
	count(policy.deny) == 0 with input as object with data.inventory as {"namespace": {}, "cluster": {}}
		with data.parameters as {"LT-FLUX-012": {"externalRefs": ["infra"]}}
}
