package lintel.gitops.flux_cross_namespace_ref_test

import data.lintel.gitops.flux_cross_namespace_ref as policy

defaults := {"LT-FLUX-005": {"allowedNamespaces": ["flux-system"]}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {
			"sourceRef": {"kind": "GitRepository", "name": "web", "namespace": "other"},
			"dependsOn": [{"name": "db", "namespace": "data"}],
		},
	}) == {"Kustomization \"a\" refers to GitRepository web in namespace \"other\"", "Kustomization \"a\" refers to Kustomization db in namespace \"data\""}
}

test_reports_helmrelease_b if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {
			"chart": {"spec": {"sourceRef": {"kind": "HelmRepository", "name": "charts", "namespace": "other"}}},
		},
	}) == {"HelmRelease \"b\" refers to HelmRepository charts in namespace \"other\""}
}

test_allows_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {
			"sourceRef": {"kind": "GitRepository", "name": "web"},
			"dependsOn": [{"name": "db", "namespace": "shop"}],
		},
	}) == set()
}

test_allows_alert_b if {
	messages({
		"apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
		"kind": "Alert",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {
			"eventSources": [
				{"kind": "Kustomization", "name": "*"},
				{"kind": "GitRepository", "name": "flux-system", "namespace": "flux-system"},
			],
		},
	}) == set()
}
