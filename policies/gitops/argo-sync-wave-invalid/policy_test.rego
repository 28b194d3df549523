package lintel.gitops.argo_sync_wave_invalid_test

import data.lintel.gitops.argo_sync_wave_invalid as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_service_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "web", "annotations": {"argocd.argoproj.io/sync-wave": "1.5"}},
	}) == {"sync wave 1.5 of Service \"web\" is no quoted integer"}
}

test_reports_deployment_web if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "web", "annotations": {"argocd.argoproj.io/sync-wave": 1}},
	}) == {"sync wave 1 of Deployment \"web\" is no quoted integer"}
}

test_allows_service_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "web", "annotations": {"argocd.argoproj.io/sync-wave": "-5"}},
	}) == set()
}

test_allows_service_api if {
	messages({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "api"}}) == set()
}
