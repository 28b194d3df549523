package lintel.gitops.argo_auto_prune_off_test

import data.lintel.gitops.argo_auto_prune_off as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"syncPolicy": {"automated": {"prune": false}}},
	}) == {"Application \"web\" syncs by itself but does not prune"}
}

test_reports_applicationset_all if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "all", "namespace": "argocd"},
		"spec": {"template": {"spec": {"syncPolicy": {"automated": {}}}}},
	}) == {"ApplicationSet \"all\" syncs by itself but does not prune"}
}

test_allows_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"syncPolicy": {"automated": {"prune": true}}},
	}) == set()
}

test_allows_application_manual if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "manual", "namespace": "argocd"},
		"spec": {"syncPolicy": {"automated": {"enabled": false}}},
	}) == set()
}
