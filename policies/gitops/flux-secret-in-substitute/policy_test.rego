package lintel.gitops.flux_secret_in_substitute_test

import data.lintel.gitops.flux_secret_in_substitute as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"postBuild": {"substitute": {"db_password": "hunter2"}}},
	}) == {"Kustomization \"a\" substitutes the readable credential db_password"}
}

test_reports_helmrelease_b if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"values": {"auth": {"password": "hunter2"}}},
	}) == {"HelmRelease \"b\" passes the readable credential password"}
}

test_allows_kustomization_a if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {
			"postBuild": {"substitute": {"region": "eu"}, "substituteFrom": [{"kind": "Secret", "name": "vars"}]},
		},
	}) == set()
}

test_allows_helmrelease_b if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"values": {"auth": {"existingSecret": "db", "secret": "db-login", "password": "${DB_PASSWORD}"}}},
	}) == set()
}
