package lintel.gitops.argo_sync_option_unknown_test

import data.lintel.gitops.argo_sync_option_unknown as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {
			"syncPolicy": {
				"syncOptions": ["createNamespace=true", "PrunePropagationPolicy=Foreground", "CreateNamespace=true"],
			},
		},
	}) == {"sync option \"PrunePropagationPolicy=Foreground\" of Application \"web\" is unknown", "sync option \"createNamespace=true\" of Application \"web\" is unknown"}
}

test_reports_deployment_web if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "web", "annotations": {"argocd.argoproj.io/sync-options": "Prune=false,Replac=true"}},
	}) == {"sync option \"Replac=true\" of Deployment \"web\" is unknown"}
}

test_allows_applicationset_all if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "all", "namespace": "argocd"},
		"spec": {
			"template": {
				"spec": {"syncPolicy": {"syncOptions": ["CreateNamespace=true", "PrunePropagationPolicy=foreground"]}},
			},
		},
	}) == set()
}

test_allows_deployment_web if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {
			"name": "web",
			"annotations": {"argocd.argoproj.io/sync-options": "Prune=confirm, ServerSideApply=true"},
		},
	}) == set()
}

test_allows_service_web if {
	messages({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}}) == set()
}
