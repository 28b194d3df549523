package lintel.gitops.argo_source_shape_test

import data.lintel.gitops.argo_source_shape as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_application_none if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "none", "namespace": "argocd"},
		"spec": {"project": "shop"},
	}) == {"Application \"none\" needs exactly one of source, sources and sourceHydrator, and has 0"}
}

test_reports_application_parts if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "parts", "namespace": "argocd"},
		"spec": {
			"sources": [
				{"repoURL": "https://github.com/acme/web"},
				{"repoURL": "https://charts.example.com", "path": "web", "chart": "web", "targetRevision": "1.0.0"},
				{
					"repoURL": "https://charts.example.com",
					"chart": "db",
					"helm": {"valueFiles": ["$values/db.yaml"]},
				},
				{"repoURL": "https://github.com/acme/values", "ref": "vals"},
			],
		},
	}) == {"a source of Application \"parts\" has both path and chart", "a source of Application \"parts\" has neither path nor chart nor ref", "chart db of Application \"parts\" has no version", "source ref \"vals\" of Application \"parts\" is used by no other source", "value file $values/db.yaml of Application \"parts\" refers to an unknown source"}
}

test_allows_application_one if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "one", "namespace": "argocd"},
		"spec": {"source": {"repoURL": "https://github.com/acme/web", "path": "."}},
	}) == set()
}

test_allows_application_two if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "two", "namespace": "argocd"},
		"spec": {
			"sources": [
				{
					"repoURL": "https://charts.example.com",
					"chart": "web",
					"targetRevision": "1.0.0",
					"helm": {"valueFiles": ["$values/web.yaml", "$ARGOCD_APP_NAME/x.yaml"]},
				},
				{"repoURL": "https://github.com/acme/values", "ref": "values"},
			],
		},
	}) == set()
}
