package lintel.gitops.argo_project_role_wide_test

import data.lintel.gitops.argo_project_role_wide as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_appproject_a if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "a", "namespace": "argocd"},
		"spec": {
			"roles": [
				{
					"name": "ci",
					"policies": ["p, proj:a:ci, applications, *, a/*, allow", "p, proj:a:ci, exec, create, a/*, allow"],
					"jwtTokens": [{"iat": 1}],
				},
			],
		},
	}) == {"a token of role ci of AppProject \"a\" never expires", "role ci of AppProject \"a\" may * applications on a/*", "role ci of AppProject \"a\" may create exec on a/*"}
}

test_reports_appproject_b if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "b", "namespace": "argocd"},
		"spec": {
			"roles": [
				{
					"name": "all",
					"policies": ["p, proj:b:all, *, *, *, allow", "p, proj:b:all, exec, *, b/web, allow"],
				},
			],
		},
	}) == {"role all of AppProject \"b\" may * * on *", "role all of AppProject \"b\" may * exec on b/web"}
}

test_allows_appproject_a if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "a", "namespace": "argocd"},
		"spec": {
			"roles": [
				{
					"name": "ci",
					"policies": ["p, proj:a:ci, applications, sync, a/*, allow", "p, proj:a:ci, applications, *, a/*, deny"],
					"jwtTokens": [{"iat": 1, "exp": 1900000000}],
				},
			],
		},
	}) == set()
}

test_allows_appproject_b if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "b", "namespace": "argocd"},
		"spec": {"roles": [{"name": "none"}]},
	}) == set()
}
