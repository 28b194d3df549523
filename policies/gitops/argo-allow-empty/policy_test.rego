package lintel.gitops.argo_allow_empty_test

import data.lintel.gitops.argo_allow_empty as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"syncPolicy": {"automated": {"prune": true, "allowEmpty": true}}},
	}) == {"Application \"web\" deletes everything when its render is empty"}
}

test_reports_applicationset_all if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "all", "namespace": "argocd"},
		"spec": {"template": {"spec": {"syncPolicy": {"automated": {"prune": true, "allowEmpty": true}}}}},
	}) == {"ApplicationSet \"all\" deletes everything when its render is empty"}
}

test_allows_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"syncPolicy": {"automated": {"prune": true}}},
	}) == set()
}

test_allows_application_keep if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "keep", "namespace": "argocd"},
		"spec": {"syncPolicy": {"automated": {"prune": false, "allowEmpty": true}}},
	}) == set()
}
