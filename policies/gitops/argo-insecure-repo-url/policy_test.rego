package lintel.gitops.argo_insecure_repo_url_test

import data.lintel.gitops.argo_insecure_repo_url as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"source": {"repoURL": "http://git.example.com/web"}},
	}) == {"Application \"web\" reads http://git.example.com/web in clear text"}
}

test_reports_appproject_shop if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "shop", "namespace": "argocd"},
		"spec": {"sourceRepos": ["git://git.example.com/*"]},
	}) == {"AppProject \"shop\" allows the unprotected repository git://git.example.com/*"}
}

test_reports_secret_repo if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "repo", "labels": {"argocd.argoproj.io/secret-type": "repository"}},
		"stringData": {"url": "http://git.example.com/web", "insecureIgnoreHostKey": "true"},
		"data": {"insecure": "dHJ1ZQ=="},
	}) == {"repository Secret \"repo\" has an unprotected address", "repository Secret \"repo\" sets insecure", "repository Secret \"repo\" sets insecureIgnoreHostKey"}
}

test_allows_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {
			"sources": [
				{"repoURL": "https://git.example.com/web"},
				{"repoURL": "git@git.example.com:web.git"},
				{"repoURL": "http://gitea.gitea.svc:3000/web"},
			],
		},
	}) == set()
}

test_allows_secret_repo if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "repo", "labels": {"argocd.argoproj.io/secret-type": "repository"}},
		"stringData": {"url": "https://git.example.com/web", "insecure": "false"},
	}) == set()
}

test_allows_secret_other if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "other"},
		"stringData": {"insecure": "true"},
	}) == set()
}
