package lintel.gitops.argo_target_revision_floating_test

import data.lintel.gitops.argo_target_revision_floating as policy

defaults := {
	"LT-ARGO-010": {"floating": ["HEAD", "main", "master", "develop", "trunk"], "allowedRevisions": []},
}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {"source": {"repoURL": "https://github.com/acme/web", "targetRevision": "HEAD"}},
	}) == {"Application \"web\" follows the moving revision \"HEAD\" of https://github.com/acme/web"}
}

test_reports_application_many if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "many", "namespace": "argocd"},
		"spec": {
			"sources": [
				{"repoURL": "https://charts.example.com", "chart": "web"},
				{"repoURL": "https://charts.example.com", "chart": "db", "targetRevision": ">=1.2.0"},
				{
					"repoURL": "https://github.com/acme/values",
					"ref": "values",
					"targetRevision": "refs/heads/release",
				},
			],
		},
	}) == {"Application \"many\" names no targetRevision and follows the newest one of https://charts.example.com", "Application \"many\" follows the moving revision \">=1.2.0\" of https://charts.example.com", "Application \"many\" follows the moving revision \"refs/heads/release\" of https://github.com/acme/values"}
}

test_reports_applicationset_set if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "set", "namespace": "argocd"},
		"spec": {
			"template": {"spec": {"source": {"repoURL": "https://github.com/acme/web", "targetRevision": "*"}}},
		},
	}) == {"ApplicationSet \"set\" follows the moving revision \"*\" of https://github.com/acme/web"}
}

test_allows_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {
			"sources": [
				{"repoURL": "https://github.com/acme/web", "targetRevision": "v1.4.2"},
				{"repoURL": "https://charts.example.com", "chart": "db", "targetRevision": "1.2.3"},
				{"repoURL": "https://charts.example.com", "chart": "db", "targetRevision": ">=1.2.0 <2.0.0"},
			],
		},
	}) == set()
}

test_allows_applicationset_set if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "set", "namespace": "argocd"},
		"spec": {
			"template": {
				"spec": {"source": {"repoURL": "https://github.com/acme/web", "targetRevision": "{{ revision }}"}},
			},
		},
	}) == set()
}

test_allows_listed_branch if {
	app := {"kind": "Application", "spec": {"source": {"targetRevision": "main"}}}
	count(policy.deny) == 0 with input as app with data.parameters as {"LT-ARGO-010": {"floating": ["main"], "allowedRevisions": ["main"]}}
}
