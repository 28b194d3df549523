package lintel.gitops.argo_hook_job_name_test

import data.lintel.gitops.argo_hook_job_name as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_job_migrate if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "Job",
		"metadata": {
			"name": "migrate",
			"annotations": {"argocd.argoproj.io/hook": "PreSync", "argocd.argoproj.io/hook-delete-policy": "HookSucceeded"},
		},
		"spec": {"template": {"spec": {"containers": []}}},
	}) == {"hook Job \"migrate\" has a fixed name and is not deleted before the next sync"}
}

test_allows_job_clean if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "Job",
		"metadata": {"generateName": "clean-", "annotations": {"argocd.argoproj.io/hook": "PostSync"}},
		"spec": {"template": {"spec": {"containers": []}}},
	}) == set()
}

test_allows_job_migrate if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "Job",
		"metadata": {
			"name": "migrate",
			"annotations": {
				"argocd.argoproj.io/hook": "PreSync",
				"argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation, HookSucceeded",
			},
		},
		"spec": {"backoffLimit": 2},
	}) == set()
}

test_allows_job_clean if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "Job",
		"metadata": {
			"generateName": "clean-",
			"annotations": {
				"argocd.argoproj.io/hook": "PostSync",
				"argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
			},
		},
		"spec": {"activeDeadlineSeconds": 300},
	}) == set()
}

test_allows_job_plain if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "Job",
		"metadata": {"name": "plain"},
		"spec": {"template": {"spec": {}}},
	}) == set()
}
