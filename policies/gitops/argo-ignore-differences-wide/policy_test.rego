package lintel.gitops.argo_ignore_differences_wide_test

import data.lintel.gitops.argo_ignore_differences_wide as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"ignoreDifferences": [{"group": "*", "kind": "*", "managedFieldsManagers": ["*"]}]},
	}) == {"Application \"web\" ignores differences of every kind", "Application \"web\" ignores the fields of every manager"}
}

test_reports_application_api if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "api", "namespace": "argocd"},
		"spec": {"ignoreDifferences": [{"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec"]}]},
	}) == {"Application \"api\" ignores all of \"/spec\" of Deployment"}
}

test_allows_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {
			"ignoreDifferences": [{"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]}],
		},
	}) == set()
}

test_allows_application_api if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "api", "namespace": "argocd"},
		"spec": {
			"ignoreDifferences": [{"group": "apps", "kind": "*", "managedFieldsManagers": ["kube-controller-manager"]}],
		},
	}) == set()
}
