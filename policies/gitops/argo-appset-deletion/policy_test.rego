package lintel.gitops.argo_appset_deletion_test

import data.lintel.gitops.argo_appset_deletion as policy

defaults := {"LT-ARGO-028": {"productionMark": "prod"}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_applicationset_prod if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "prod", "namespace": "argocd"},
		"spec": {"generators": [{"list": {}}]},
	}) == {"ApplicationSet \"prod\" deletes production objects when its generators yield nothing"}
}

test_reports_applicationset_all if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "all", "namespace": "argocd"},
		"spec": {
			"generators": [{"clusters": {"selector": {"matchLabels": {"env": "production"}}}}],
			"syncPolicy": {"applicationsSync": "sync"},
		},
	}) == {"ApplicationSet \"all\" deletes production objects when its generators yield nothing"}
}

test_allows_applicationset_prod if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "prod", "namespace": "argocd"},
		"spec": {"generators": [{"list": {}}], "syncPolicy": {"preserveResourcesOnDeletion": true}},
	}) == set()
}

test_allows_applicationset_prod_eu if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "prod-eu", "namespace": "argocd"},
		"spec": {"syncPolicy": {"applicationsSync": "create-update"}},
	}) == set()
}

test_allows_applicationset_previews if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "previews", "namespace": "argocd"},
		"spec": {"generators": [{"pullRequest": {}}]},
	}) == set()
}
