package lintel.gitops.argo_plaintext_helm_values_test

import data.lintel.gitops.argo_plaintext_helm_values as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {
			"source": {
				"helm": {
					"parameters": [{"name": "db.password", "value": "hunter2"}],
					"values": "auth:\n  apiKey: abcdef\n",
					"valuesObject": {"auth": {"token": "abcdef"}},
				},
			},
		},
	}) == {"Application \"web\" passes the readable credential apiKey in helm.values", "Application \"web\" passes the readable credential db.password", "Application \"web\" passes the readable credential token in helm.valuesObject"}
}

test_reports_applicationset_all if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "ApplicationSet",
		"metadata": {"name": "all", "namespace": "argocd"},
		"spec": {
			"template": {"spec": {"sources": [{"plugin": {"env": [{"name": "API_TOKEN", "value": "abcdef"}]}}]}},
		},
	}) == {"ApplicationSet \"all\" passes the readable credential API_TOKEN"}
}

test_allows_application_web if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "web", "namespace": "argocd"},
		"spec": {
			"source": {
				"helm": {
					"parameters": [{"name": "image.tag", "value": "v1"}, {"name": "existingSecret", "value": "db"}],
					"values": "password: ${PASSWORD}",
					"valuesObject": {"auth": {"existingSecret": "db"}},
				},
			},
		},
	}) == set()
}

test_allows_application_plain if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "plain", "namespace": "argocd"},
		"spec": {"source": {"path": "."}},
	}) == set()
}
