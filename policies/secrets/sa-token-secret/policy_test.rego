package lintel.secrets.sa_token_secret_test

import data.lintel.secrets.sa_token_secret as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_secret_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "a", "annotations": {"kubernetes.io/service-account.name": "web"}},
		"type": "kubernetes.io/service-account-token",
	}) == {"Secret \"a\" is a service-account token without expiry"}
}

test_reports_secret_b if {
	messages({
		"apiVersion": "v1",
		"kind": "Secret",
		"metadata": {"name": "b"},
		"type": "kubernetes.io/service-account-token",
		"data": {"token": "abc"},
	}) == {"Secret \"b\" is a service-account token without expiry"}
}

test_allows_secret_a if {
	messages({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, "type": "Opaque"}) == set()
}

test_allows_secret_b if {
	messages({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "b"}}) == set()
}
