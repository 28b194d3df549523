package lintel.gitops.argo_hook_invalid_test

import data.lintel.gitops.argo_hook_invalid as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_job_migrate if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "Job",
		"metadata": {"name": "migrate", "annotations": {"argocd.argoproj.io/hook": "presync"}},
	}) == {"argocd.argoproj.io/hook of Job \"migrate\" has the unknown value \"presync\""}
}

test_reports_job_clean if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "Job",
		"metadata": {
			"name": "clean",
			"annotations": {
				"argocd.argoproj.io/hook": "PostSync",
				"argocd.argoproj.io/hook-delete-policy": "HookSucceeded,hook-failed",
			},
		},
	}) == {"argocd.argoproj.io/hook-delete-policy of Job \"clean\" has the unknown value \"hook-failed\""}
}

test_allows_job_migrate if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "Job",
		"metadata": {
			"name": "migrate",
			"annotations": {
				"argocd.argoproj.io/hook": "PreSync, Sync",
				"argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
			},
		},
	}) == set()
}

test_allows_service_web if {
	messages({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}}) == set()
}
