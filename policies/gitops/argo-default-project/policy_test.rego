package lintel.gitops.argo_default_project_test

import data.lintel.gitops.argo_default_project as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"project": "default"},
	}) == {"Application \"web\" is in the default project"}
}

test_reports_applicationset_all if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "all", "namespace": "argocd"},
		"spec": {"template": {"spec": {"destination": {"namespace": "shop"}}}},
	}) == {"ApplicationSet \"all\" is in the default project"}
}

test_allows_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"project": "shop"},
	}) == set()
}

test_allows_applicationset_all if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "all", "namespace": "argocd"},
		"spec": {"template": {"spec": {"project": "shop"}}},
	}) == set()
}
