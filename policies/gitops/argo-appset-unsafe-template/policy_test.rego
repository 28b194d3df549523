package lintel.gitops.argo_appset_unsafe_template_test

import data.lintel.gitops.argo_appset_unsafe_template as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_applicationset_pr if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "pr", "namespace": "argocd"},
		"spec": {
			"generators": [{"matrix": {"generators": [{"pullRequest": {"github": {}}}]}}],
			"template": {"spec": {"project": "{{ branch }}"}},
		},
	}) == {"ApplicationSet \"pr\" does not use Go templates", "project of ApplicationSet \"pr\" is chosen by the pullRequest generator"}
}

test_reports_applicationset_loose if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "loose", "namespace": "argocd"},
		"spec": {"goTemplate": true, "generators": [{"list": {}}], "template": {"spec": {"project": "shop"}}},
	}) == {"ApplicationSet \"loose\" fills missing values with \"<no value>\": goTemplateOptions lacks missingkey=error"}
}

test_allows_applicationset_strict if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "strict", "namespace": "argocd"},
		"spec": {
			"goTemplate": true,
			"goTemplateOptions": ["missingkey=error"],
			"generators": [{"pullRequest": {"github": {}}}],
			"template": {"spec": {"project": "previews"}},
		},
	}) == set()
}

test_allows_applicationset_list if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "list", "namespace": "argocd"},
		"spec": {
			"goTemplate": true,
			"goTemplateOptions": ["missingkey=error"],
			"generators": [{"list": {"elements": [{"team": "a"}]}}],
			"template": {"spec": {"project": "{{ .team }}"}},
		},
	}) == set()
}
