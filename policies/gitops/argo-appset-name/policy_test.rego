package lintel.gitops.argo_appset_name_test

import data.lintel.gitops.argo_appset_name as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_applicationset_all if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "all"},
		"spec": {"template": {"spec": {"project": "shop"}}},
	}) == {"ApplicationSet \"all\" does not bear the name of its project \"shop\""}
}

test_reports_applicationset_web_shop if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "web-shop"},
		"spec": {"template": {"spec": {"project": "shop"}}},
	}) == {"ApplicationSet \"web-shop\" does not bear the name of its project \"shop\""}
}

test_allows_applicationset_shop if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "shop"},
		"spec": {"template": {"spec": {"project": "shop"}}},
	}) == set()
}

test_allows_applicationset_all if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "all"},
		"spec": {"template": {"spec": {"project": "{{ .team }}"}}},
	}) == set()
}
