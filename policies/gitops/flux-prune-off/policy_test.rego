package lintel.gitops.flux_prune_off_test

import data.lintel.gitops.flux_prune_off as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"prune": false},
	}) == {"Kustomization \"a\" does not prune"}
}

test_reports_kustomization_b if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"path": "./web"},
	}) == {"Kustomization \"b\" does not prune"}
}

test_allows_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"prune": true},
	}) == set()
}

test_allows_kustomization_b if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"prune": true, "path": "./web"},
	}) == set()
}
