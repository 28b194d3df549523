package lintel.gitops.argo_prune_without_finalizer_test

import data.lintel.gitops.argo_prune_without_finalizer as policy

defaults := {"LT-ARGO-019": {"expect": "present"}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
	}) == {"Application \"web\" has no resources finalizer, so its objects outlive it"}
}

test_reports_application_api if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "api", "finalizers": ["example.com/other"]},
	}) == {"Application \"api\" has no resources finalizer, so its objects outlive it"}
}

test_allows_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "finalizers": ["resources-finalizer.argocd.argoproj.io"]},
	}) == set()
}

test_allows_application_api if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "api", "finalizers": ["resources-finalizer.argocd.argoproj.io/background"]},
	}) == set()
}

test_reports_cascade_on_a_root if {
	root := {"metadata": {"name": "root", "finalizers": ["resources-finalizer.argocd.argoproj.io"]}}
	count(policy.deny) == 1 with input as root with data.parameters as {"LT-ARGO-019": {"expect": "absent"}}
}
