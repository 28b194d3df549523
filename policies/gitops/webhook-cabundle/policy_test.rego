package lintel.gitops.webhook_cabundle_test

import data.lintel.gitops.webhook_cabundle as policy

defaults := {"LT-HOOK-002": {"days": 30, "now": ""}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.settings as {"strict_references": true} with data.parameters as defaults
}

test_reports_validatingwebhookconfiguration_old if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "old"},
		"webhooks": [
			{
				"name": "a.example.com",
				"clientConfig": {
					"service": {"name": "hook", "namespace": "policy"},
					"caBundle": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJDRENCcjZBREFnRUNBZ0VITUFvR0NDcUdTTTQ5QkFNQ01BNHhEREFLQmdOVkJBTU1BMjlzWkRBZUZ3MHkKTURBeE1ERXdNREF3TURCYUZ3MHlNVEF4TURFd01EQXdNREJhTUE0eEREQUtCZ05WQkFNTUEyOXNaREJaTUJNRwpCeXFHU000OUFnRUdDQ3FHU000OUF3RUhBMElBQkptSGFjTUxzbEU4UCtxYnNRdk1pMXByN0RJQ0t6K2FYL1pJCkhncld0NFNnbnBLZUxONHRyUlBuRzRjOEs2bHdjYVB4UmFlazVTT2o2UE1YbWdycTdKc3dDZ1lJS29aSXpqMEUKQXdJRFNBQXdSUUloQVBhTk40OStGa0x4QVY0cWtWK1hXQjQ1STRsQXNDaytVWk1NOU5TRFRBUFZBaUJhTXR4SApOSFFEa3cyeWZobFhEQXU4QlBodit0ZThzellMbG1kSER5aXNxZz09Ci0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K",
				},
			},
			{
				"name": "b.example.com",
				"clientConfig": {"service": {"name": "hook", "namespace": "policy"}, "caBundle": "bm90IGEgY2VydGlmaWNhdGU="},
			},
			{"name": "c.example.com", "clientConfig": {"service": {"name": "hook", "namespace": "policy"}}},
		],
	}) == {"caBundle of ValidatingWebhookConfiguration \"old\" expired on 2021-01-01T00:00:00Z", "caBundle of ValidatingWebhookConfiguration \"old\" is missing, and no annotation asks for it", "caBundle of ValidatingWebhookConfiguration \"old\" is not base64 of PEM certificates"}
}

test_reports_apiservice_v1_example_com if {
	messages({
		"apiVersion": "apiregistration.k8s.io/v1",
		"kind": "APIService",
		"metadata": {"name": "v1.example.com"},
		"spec": {"service": {"name": "api", "namespace": "api"}, "insecureSkipTLSVerify": true},
	}) == {"APIService \"v1.example.com\" does not verify its backend"}
}

test_reports_customresourcedefinition_widgets_example_com if {
	messages({
		"apiVersion": "apiextensions.k8s.io/v1",
		"kind": "CustomResourceDefinition",
		"metadata": {"name": "widgets.example.com"},
		"spec": {
			"conversion": {
				"strategy": "Webhook",
				"webhook": {"clientConfig": {"service": {"name": "hook", "namespace": "policy"}, "caBundle": ""}},
			},
		},
	}) == {"caBundle of CustomResourceDefinition \"widgets.example.com\" is missing, and no annotation asks for it"}
}

test_allows_validatingwebhookconfiguration_good if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "ValidatingWebhookConfiguration",
		"metadata": {"name": "good"},
		"webhooks": [
			{
				"name": "a.example.com",
				"clientConfig": {
					"service": {"name": "hook", "namespace": "policy"},
					"caBundle": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJEVENCczZBREFnRUNBZ0VITUFvR0NDcUdTTTQ5QkFNQ01BOHhEVEFMQmdOVkJBTU1CR2R2YjJRd0lCY04KTWpBd01UQXhNREF3TURBd1doZ1BNakV5TURBeE1ERXdNREF3TURCYU1BOHhEVEFMQmdOVkJBTU1CR2R2YjJRdwpXVEFUQmdjcWhrak9QUUlCQmdncWhrak9QUU1CQndOQ0FBU1poMm5EQzdKUlBEL3FtN0VMekl0YWErd3lBaXMvCm1sLzJTQjRLMXJlRW9KNlNuaXplTGEwVDV4dUhQQ3VwY0hHajhVV25wT1VqbytqekY1b0s2dXliTUFvR0NDcUcKU000OUJBTUNBMGtBTUVZQ0lRRDdHVDJOMmJQVDRIT2IzY0pwT3phUHFwSjVVTXc2VUp3dW1LUWF1TThnbUFJaApBTjZlek8zVXdRRG45UDVrdDZrMHVDZkM3aVhSZXNScXY2dllSWVVIWkF3UQotLS0tLUVORCBDRVJUSUZJQ0FURS0tLS0tCg==",
				},
			},
			{"name": "b.example.com", "clientConfig": {"url": "https://hook.example.com"}},
		],
	}) == set()
}

test_allows_mutatingwebhookconfiguration_injected if {
	messages({
		"apiVersion": "admissionregistration.k8s.io/v1",
		"kind": "MutatingWebhookConfiguration",
		"metadata": {"name": "injected", "annotations": {"cert-manager.io/inject-ca-from": "policy/hook"}},
		"webhooks": [
			{
				"name": "a.example.com",
				"clientConfig": {"service": {"name": "hook", "namespace": "policy"}, "caBundle": "Cg=="},
			},
		],
	}) == set()
}

test_allows_apiservice_v1 if {
	messages({
		"apiVersion": "apiregistration.k8s.io/v1",
		"kind": "APIService",
		"metadata": {"name": "v1."},
		"spec": {"groupPriorityMinimum": 1, "versionPriority": 1},
	}) == set()
}

test_reports_a_certificate_about_to_expire if {
	object := {"kind": "APIService", "metadata": {"name": "a"}, "spec": {"service": {}, "caBundle": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJEVENCczZBREFnRUNBZ0VITUFvR0NDcUdTTTQ5QkFNQ01BOHhEVEFMQmdOVkJBTU1CR2R2YjJRd0lCY04KTWpBd01UQXhNREF3TURBd1doZ1BNakV5TURBeE1ERXdNREF3TURCYU1BOHhEVEFMQmdOVkJBTU1CR2R2YjJRdwpXVEFUQmdjcWhrak9QUUlCQmdncWhrak9QUU1CQndOQ0FBU1poMm5EQzdKUlBEL3FtN0VMekl0YWErd3lBaXMvCm1sLzJTQjRLMXJlRW9KNlNuaXplTGEwVDV4dUhQQ3VwY0hHajhVV25wT1VqbytqekY1b0s2dXliTUFvR0NDcUcKU000OUJBTUNBMGtBTUVZQ0lRRDdHVDJOMmJQVDRIT2IzY0pwT3phUHFwSjVVTXc2VUp3dW1LUWF1TThnbUFJaApBTjZlek8zVXdRRG45UDVrdDZrMHVDZkM3aVhSZXNScXY2dllSWVVIWkF3UQotLS0tLUVORCBDRVJUSUZJQ0FURS0tLS0tCg=="}}
	{found.msg | some found in policy.deny with input as object with data.parameters as {"LT-HOOK-002": {"days": 30, "now": "2119-12-20T00:00:00Z"}}} == {"caBundle of APIService \"a\" expires on 2120-01-01T00:00:00Z, in less than 30 days"}
}

test_allows_the_same_certificate_earlier if {
	object := {"kind": "APIService", "metadata": {"name": "a"}, "spec": {"service": {}, "caBundle": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJEVENCczZBREFnRUNBZ0VITUFvR0NDcUdTTTQ5QkFNQ01BOHhEVEFMQmdOVkJBTU1CR2R2YjJRd0lCY04KTWpBd01UQXhNREF3TURBd1doZ1BNakV5TURBeE1ERXdNREF3TURCYU1BOHhEVEFMQmdOVkJBTU1CR2R2YjJRdwpXVEFUQmdjcWhrak9QUUlCQmdncWhrak9QUU1CQndOQ0FBU1poMm5EQzdKUlBEL3FtN0VMekl0YWErd3lBaXMvCm1sLzJTQjRLMXJlRW9KNlNuaXplTGEwVDV4dUhQQ3VwY0hHajhVV25wT1VqbytqekY1b0s2dXliTUFvR0NDcUcKU000OUJBTUNBMGtBTUVZQ0lRRDdHVDJOMmJQVDRIT2IzY0pwT3phUHFwSjVVTXc2VUp3dW1LUWF1TThnbUFJaApBTjZlek8zVXdRRG45UDVrdDZrMHVDZkM3aVhSZXNScXY2dllSWVVIWkF3UQotLS0tLUVORCBDRVJUSUZJQ0FURS0tLS0tCg=="}}
	count(policy.deny) == 0 with input as object with data.parameters as {"LT-HOOK-002": {"days": 5, "now": "2119-12-20T00:00:00Z"}}
}
