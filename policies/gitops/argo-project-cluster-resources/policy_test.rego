package lintel.gitops.argo_project_cluster_resources_test

import data.lintel.gitops.argo_project_cluster_resources as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_appproject_open if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "open", "namespace": "argocd"},
		"spec": {"clusterResourceWhitelist": [{"group": "*", "kind": "*"}]},
	}) == {"AppProject \"open\" may manage every cluster-wide kind"}
}

test_reports_appproject_two if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "two", "namespace": "argocd"},
		"spec": {"clusterResourceWhitelist": [{"group": "", "kind": "Namespace"}, {"group": "*", "kind": "*"}]},
	}) == {"AppProject \"two\" may manage every cluster-wide kind"}
}

test_allows_appproject_narrow if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "narrow", "namespace": "argocd"},
		"spec": {
			"clusterResourceWhitelist": [{"group": "", "kind": "Namespace"}, {"group": "*", "kind": "*", "name": "shop-*"}],
		},
	}) == set()
}

test_allows_appproject_none if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "none", "namespace": "argocd"},
		"spec": {},
	}) == set()
}
