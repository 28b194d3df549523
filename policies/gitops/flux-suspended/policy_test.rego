package lintel.gitops.flux_suspended_test

import data.lintel.gitops.flux_suspended as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"suspend": true},
	}) == {"Kustomization \"a\" is suspended"}
}

test_reports_gitrepository_b if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"url": "https://git.example.com/web", "suspend": true},
	}) == {"GitRepository \"b\" is suspended"}
}

test_allows_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"suspend": false},
	}) == set()
}

test_allows_helmrelease_b if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"interval": "10m"},
	}) == set()
}
