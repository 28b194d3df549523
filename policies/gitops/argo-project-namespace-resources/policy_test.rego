package lintel.gitops.argo_project_namespace_resources_test

import data.lintel.gitops.argo_project_namespace_resources as policy

defaults := {
	"LT-ARGO-005": {"protectedKinds": ["ResourceQuota", "LimitRange", "NetworkPolicy", "Role", "RoleBinding"]},
}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_appproject_open if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "open", "namespace": "argocd"},
		"spec": {"sourceRepos": []},
	}) == {"AppProject \"open\" may manage ResourceQuota, LimitRange, NetworkPolicy, Role, RoleBinding"}
}

test_reports_appproject_some if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "some", "namespace": "argocd"},
		"spec": {"namespaceResourceBlacklist": [{"group": "", "kind": "ResourceQuota"}]},
	}) == {"AppProject \"some\" may manage LimitRange, NetworkPolicy, Role, RoleBinding"}
}

test_allows_appproject_white if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "white", "namespace": "argocd"},
		"spec": {"namespaceResourceWhitelist": [{"group": "apps", "kind": "Deployment"}]},
	}) == set()
}

test_allows_appproject_black if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "black", "namespace": "argocd"},
		"spec": {
			"namespaceResourceBlacklist": [
				{"group": "", "kind": "ResourceQuota"},
				{"group": "", "kind": "LimitRange"},
				{"group": "networking.k8s.io", "kind": "NetworkPolicy"},
				{"group": "rbac.authorization.k8s.io", "kind": "Role"},
				{"group": "rbac.authorization.k8s.io", "kind": "RoleBinding"},
			],
		},
	}) == set()
}
