package lintel.gitops.argo_project_no_signature_test

import data.lintel.gitops.argo_project_no_signature as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_appproject_a if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "a", "namespace": "argocd"},
		"spec": {"sourceRepos": ["https://github.com/acme/web"]},
	}) == {"AppProject \"a\" verifies no commit signatures"}
}

test_reports_appproject_b if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "b", "namespace": "argocd"},
		"spec": {
			"sourceRepos": ["https://github.com/acme/web"],
			"sourceIntegrity": {"git": {"policies": [{"gpg": {"mode": "none"}}]}},
		},
	}) == {"AppProject \"b\" verifies no commit signatures"}
}

test_allows_appproject_a if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "a", "namespace": "argocd"},
		"spec": {"sourceRepos": ["https://github.com/acme/web"], "signatureKeys": [{"keyID": "4AEE18F83AFDEB23"}]},
	}) == set()
}

test_allows_appproject_b if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "b", "namespace": "argocd"},
		"spec": {
			"sourceRepos": ["https://github.com/acme/web"],
			"sourceIntegrity": {"git": {"policies": [{"gpg": {"mode": "strict", "keys": ["A"]}}]}},
		},
	}) == set()
}

test_allows_appproject_c if {
	messages({
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "AppProject",
		"metadata": {"name": "c", "namespace": "argocd"},
		"spec": {"sourceRepos": ["oci://registry.example.com/charts", "!https://github.com/x"]},
	}) == set()
}
