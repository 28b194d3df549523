package lintel.gitops.argo_wildcard_destinations_test

import data.lintel.gitops.argo_wildcard_destinations as policy

defaults := {"LT-ARGO-003": {"systemNamespaces": ["kube-system", "argocd"]}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_appproject_open if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "open", "namespace": "argocd"},
		"spec": {"destinations": [{"namespace": "*", "server": "*"}, {"namespace": "*", "name": "*"}]},
	}) == {"AppProject \"open\" may deploy to every namespace of every cluster"}
}

test_reports_appproject_own if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "own", "namespace": "argocd"},
		"spec": {
			"destinations": [
				{"namespace": "*", "server": "https://kubernetes.default.svc"},
				{"namespace": "*", "name": "in-cluster"},
				{"namespace": "kube-system", "server": "https://one.example.com"},
			],
		},
	}) == {"AppProject \"own\" may deploy to every namespace of its own cluster", "AppProject \"own\" may deploy to the system namespace kube-system"}
}

test_allows_appproject_narrow if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "narrow", "namespace": "argocd"},
		"spec": {
			"destinations": [
				{"namespace": "shop-*", "server": "https://kubernetes.default.svc"},
				{"namespace": "!kube-system", "server": "*"},
			],
		},
	}) == set()
}

test_allows_appproject_remote if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "remote", "namespace": "argocd"},
		"spec": {"destinations": [{"namespace": "*", "server": "https://tenant.example.com"}]},
	}) == set()
}
