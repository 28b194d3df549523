package lintel.secrets.sealed_secret_scope_test

import data.lintel.secrets.sealed_secret_scope as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_sealedsecret_a if {
	messages({
		"apiVersion": "bitnami.com/v1alpha1",
		"kind": "SealedSecret",
		"metadata": {"name": "a", "annotations": {"sealedsecrets.bitnami.com/cluster-wide": "true"}},
		"spec": {"encryptedData": {"a": "AgB"}},
	}) == {"SealedSecret \"a\" has cluster-wide scope"}
}

test_reports_sealedsecret_b if {
	messages({
		"apiVersion": "bitnami.com/v1alpha1",
		"kind": "SealedSecret",
		"metadata": {"name": "b"},
		"spec": {"encryptedData": {"a": "AgB"}, "template": {"data": {"user": "admin"}}},
	}) == {"template of SealedSecret \"b\" holds the plain value \"user\""}
}

test_allows_sealedsecret_a if {
	messages({
		"apiVersion": "bitnami.com/v1alpha1",
		"kind": "SealedSecret",
		"metadata": {"name": "a"},
		"spec": {"encryptedData": {"a": "AgB"}},
	}) == set()
}

test_allows_sealedsecret_b if {
	messages({
		"apiVersion": "bitnami.com/v1alpha1",
		"kind": "SealedSecret",
		"metadata": {"name": "b"},
		"spec": {"encryptedData": {"a": "AgB"}, "template": {"data": {"config": "user = {{ .user }}"}}},
	}) == set()
}
