package lintel.gitops.flux_no_service_account_test

import data.lintel.gitops.flux_no_service_account as policy

defaults := {"LT-FLUX-006": {"exemptNamespaces": ["flux-system"]}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"path": "./web"},
	}) == {"Kustomization \"a\" names no service account"}
}

test_reports_helmrelease_b if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"serviceAccountName": ""},
	}) == {"HelmRelease \"b\" names no service account"}
}

test_allows_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"serviceAccountName": "deployer"},
	}) == set()
}

test_allows_kustomization_flux_system if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "flux-system", "namespace": "flux-system"},
		"spec": {"path": "./cluster"},
	}) == set()
}
