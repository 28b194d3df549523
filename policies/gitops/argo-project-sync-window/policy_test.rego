package lintel.gitops.argo_project_sync_window_test

import data.lintel.gitops.argo_project_sync_window as policy

defaults := {"LT-ARGO-008": {"productionMark": "prod"}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_appproject_a if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "a", "namespace": "argocd"},
		"spec": {"destinations": [{"name": "prod-eu", "namespace": "shop"}]},
	}) == {"AppProject \"a\" deploys to production without sync windows"}
}

test_reports_appproject_b if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "b", "namespace": "argocd"},
		"spec": {
			"syncWindows": [
				{"kind": "deny", "schedule": "every night", "duration": "one hour", "timeZone": "nowhere"},
				{"kind": "allow", "schedule": "0 8 * * *", "duration": "48h"},
			],
		},
	}) == {"daily sync window of AppProject \"b\" lasts 48h, so it never closes", "sync window of AppProject \"b\" has no valid duration", "sync window of AppProject \"b\" has no valid schedule", "sync window of AppProject \"b\" has the unknown time zone \"nowhere\""}
}

test_allows_appproject_a if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "a", "namespace": "argocd"},
		"spec": {
			"destinations": [{"name": "prod-eu", "namespace": "shop"}],
			"syncWindows": [{"kind": "allow", "schedule": "0 8 * * 1-5", "duration": "9h", "timeZone": "Europe/Berlin"}],
		},
	}) == set()
}

test_allows_appproject_b if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "b", "namespace": "argocd"},
		"spec": {"destinations": [{"name": "dev", "namespace": "shop"}]},
	}) == set()
}
