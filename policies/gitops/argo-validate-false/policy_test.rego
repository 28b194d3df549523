package lintel.gitops.argo_validate_false_test

import data.lintel.gitops.argo_validate_false as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"syncPolicy": {"syncOptions": ["Validate=false", "Replace=true"]}},
	}) == {"Application \"web\" syncs every object with Replace=true", "Application \"web\" syncs every object with Validate=false"}
}

test_reports_service_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "web", "annotations": {"argocd.argoproj.io/sync-options": "Validate=false"}},
	}) == {"Service \"web\" is synced with Validate=false"}
}

test_reports_persistentvolumeclaim_data if {
	messages({
		"apiVersion": "v1",
		"kind": "PersistentVolumeClaim",
		"metadata": {"name": "data", "annotations": {"argocd.argoproj.io/sync-options": "Force=true,Replace=true"}},
	}) == {"PersistentVolumeClaim \"data\" is synced with Force=true", "PersistentVolumeClaim \"data\" is synced with Replace=true"}
}

test_allows_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"syncPolicy": {"syncOptions": ["CreateNamespace=true"]}},
	}) == set()
}

test_allows_job_migrate if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "Job",
		"metadata": {"name": "migrate", "annotations": {"argocd.argoproj.io/sync-options": "Force=true,Replace=true"}},
	}) == set()
}
