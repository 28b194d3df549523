package lintel.gitops.flux_interval_test

import data.lintel.gitops.flux_interval as policy

defaults := {"LT-FLUX-015": {"minimumSeconds": 30, "maximumSeconds": 86400}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"interval": "5s"},
	}) == {"Kustomization \"a\" is reconciled every 5s, outside 30 to 86400 seconds"}
}

test_reports_gitrepository_b if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"interval": "48h"},
	}) == {"GitRepository \"b\" is reconciled every 48h, outside 30 to 86400 seconds"}
}

test_reports_gitrepository_c if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "c", "namespace": "shop"},
		"spec": {"interval": "10 minutes"},
	}) == {"GitRepository \"c\" has no valid interval: 10 minutes"}
}

test_allows_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"interval": "1h30m"},
	}) == set()
}

test_allows_helmrepository_b if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "HelmRepository",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"type": "oci"},
	}) == set()
}
