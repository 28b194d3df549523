package lintel.gitops.argo_wildcard_source_repos_test

import data.lintel.gitops.argo_wildcard_source_repos as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_appproject_open if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "open", "namespace": "argocd"},
		"spec": {"sourceRepos": ["*"], "sourceNamespaces": ["*"]},
	}) == {"AppProject \"open\" allows every repository of \"*\"", "AppProject \"open\" takes Applications from every namespace"}
}

test_reports_appproject_hosts if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "hosts", "namespace": "argocd"},
		"spec": {
			"sourceRepos": ["https://github.com/*", "git@github.com:**", "https://**", "https://github.com/acme/*"],
		},
	}) == {"AppProject \"hosts\" allows every repository of \"git@github.com:**\"", "AppProject \"hosts\" allows every repository of \"https://**\"", "AppProject \"hosts\" allows every repository of \"https://github.com/*\""}
}

test_allows_appproject_narrow if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "narrow", "namespace": "argocd"},
		"spec": {
			"sourceRepos": ["https://github.com/acme/*", "!*", "git@github.com:acme/web.git"],
			"sourceNamespaces": ["shop-*"],
		},
	}) == set()
}

test_allows_appproject_none if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "none", "namespace": "argocd"},
		"spec": {},
	}) == set()
}
