package lintel.gitops.argo_target_revision_semver_range_test

import data.lintel.gitops.argo_target_revision_semver_range as policy

defaults := {"LT-ARGO-011": {"productionMark": "prod"}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_application_web_prod if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web-prod", "namespace": "argocd"},
		"spec": {"source": {"chart": "web", "targetRevision": "^1.2.0"}},
	}) == {"Application \"web-prod\" takes any version in the range \"^1.2.0\" of chart web"}
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {
			"destination": {"name": "production", "namespace": "web"},
			"sources": [{"chart": "web", "targetRevision": "1.x"}],
		},
	}) == {"Application \"web\" takes any version in the range \"1.x\" of chart web"}
}

test_allows_application_web_prod if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web-prod", "namespace": "argocd"},
		"spec": {"source": {"chart": "web", "targetRevision": "1.2.3-rc.1"}},
	}) == set()
}

test_allows_application_web_dev if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web-dev", "namespace": "argocd"},
		"spec": {"source": {"chart": "web", "targetRevision": "1.x"}},
	}) == set()
}

test_reports_everywhere_without_mark if {
	app := {"kind": "Application", "metadata": {"name": "dev"}, "spec": {"source": {"chart": "web", "targetRevision": "~1.2"}}}
	count(policy.deny) == 1 with input as app with data.parameters as {"LT-ARGO-011": {"productionMark": ""}}
}
