package lintel.gitops.webhook_scope_wide_test

import data.lintel.gitops.webhook_scope_wide as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_validatingwebhookconfiguration_a if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "a"},
		"webhooks": [
			{
				"name": "a.example.com",
				"rules": [{"apiGroups": ["*"], "apiVersions": ["*"], "resources": ["*/*"], "operations": ["*"]}],
			},
		],
	}) == {"webhook \"a.example.com\" matches every value of apiGroups", "webhook \"a.example.com\" matches every value of operations", "webhook \"a.example.com\" matches every value of resources"}
}

test_reports_mutatingwebhookconfiguration_b if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "MutatingWebhookConfiguration",
		"metadata": {"name": "b"},
		"webhooks": [
			{
				"name": "b.example.com",
				"rules": [{"apiGroups": [""], "resources": ["pods", "events", "secrets"], "operations": ["CREATE"]}],
			},
		],
	}) == {"webhook \"b.example.com\" matches the hot or critical resource events", "webhook \"b.example.com\" sees and may change every Secret"}
}

test_allows_validatingwebhookconfiguration_a if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "a"},
		"webhooks": [
			{
				"name": "a.example.com",
				"rules": [
					{
						"apiGroups": [""],
						"apiVersions": ["v1"],
						"resources": ["pods", "secrets"],
						"operations": ["CREATE", "UPDATE"],
					},
				],
			},
		],
	}) == set()
}

test_allows_mutatingwebhookconfiguration_b if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "MutatingWebhookConfiguration",
		"metadata": {"name": "b"},
		"webhooks": [
			{
				"name": "b.example.com",
				"rules": [
					{
						"apiGroups": ["apps"],
						"apiVersions": ["*"],
						"resources": ["deployments"],
						"operations": ["CREATE"],
					},
				],
			},
		],
	}) == set()
}
