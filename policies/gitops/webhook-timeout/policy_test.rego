package lintel.gitops.webhook_timeout_test

import data.lintel.gitops.webhook_timeout as policy

defaults := {"LT-HOOK-004": {"maxSeconds": 10, "requireExplicit": true}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_validatingwebhookconfiguration_a if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "a"},
		"webhooks": [
			{"name": "a.example.com", "sideEffects": "None"},
			{
				"name": "b.example.com",
				"failurePolicy": "Fail",
				"timeoutSeconds": 30,
				"sideEffects": "Some",
				"matchPolicy": "Exact",
			},
		],
	}) == {"webhook \"a.example.com\" fails closed and sets no timeoutSeconds", "webhook \"b.example.com\" declares sideEffects Some", "webhook \"b.example.com\" fails closed only after 30 seconds", "webhook \"b.example.com\" misses the other versions of its resources (matchPolicy Exact)"}
}

test_reports_mutatingwebhookconfiguration_b if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "MutatingWebhookConfiguration",
		"metadata": {"name": "b"},
		"webhooks": [{"failurePolicy": "Ignore"}],
	}) == {"webhook without a name declares sideEffects Unknown"}
}

test_allows_validatingwebhookconfiguration_a if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "a"},
		"webhooks": [
			{"name": "a.example.com", "timeoutSeconds": 3, "sideEffects": "None"},
			{"name": "b.example.com", "failurePolicy": "Ignore", "sideEffects": "NoneOnDryRun"},
		],
	}) == set()
}

test_allows_mutatingwebhookconfiguration_none if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "MutatingWebhookConfiguration",
		"metadata": {"name": "none"},
		"webhooks": [],
	}) == set()
}
