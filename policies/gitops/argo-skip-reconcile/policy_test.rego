package lintel.gitops.argo_skip_reconcile_test

import data.lintel.gitops.argo_skip_reconcile as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "annotations": {"argocd.argoproj.io/skip-reconcile": "true"}},
	}) == {"Application \"web\" is not reconciled"}
}

test_reports_application_api if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "api", "annotations": {"argocd.argoproj.io/skip-reconcile": "true"}},
	}) == {"Application \"api\" is not reconciled"}
}

test_allows_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "annotations": {"argocd.argoproj.io/skip-reconcile": "false"}},
	}) == set()
}

test_allows_application_api if {
	messages({"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "api"}}) == set()
}
