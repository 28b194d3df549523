package lintel.gitops.webhook_service_missing_test

import data.lintel.gitops.webhook_service_missing as policy

defaults := {"LT-HOOK-003": {"externalServices": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.settings as {"strict_references": true} with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"policy": {
			"v1": {
				"Service": {
					"hook": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "hook", "namespace": "policy"},
						"spec": {"selector": {"app": "hook"}, "ports": [{"port": 443}]},
					},
					"idle": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "idle", "namespace": "policy"},
						"spec": {"selector": {"app": "idle"}, "ports": [{"port": 443}]},
					},
				},
				"Pod": {
					"hook": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "hook", "namespace": "policy", "labels": {"app": "hook"}},
						"spec": {"containers": [{"name": "hook", "image": "example.com/hook:1"}]},
					},
				},
			},
		},
	},
	"cluster": {
		"admissionregistration.k8s.io/v1": {
			"ValidatingWebhookConfiguration": {
				"a": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "ValidatingWebhookConfiguration",
					"metadata": {"name": "a"},
					"webhooks": [
						{"name": "a.example.com", "clientConfig": {"service": {"name": "gone", "namespace": "policy"}}},
						{
							"name": "b.example.com",
							"clientConfig": {"service": {"name": "hook", "namespace": "policy", "port": 8443}},
						},
						{"name": "c.example.com", "clientConfig": {"service": {"name": "idle", "namespace": "policy"}}},
						{"name": "d.example.com", "clientConfig": {"url": "http://hook.example.com"}},
					],
				},
			},
		},
		"apiregistration.k8s.io/v1": {
			"APIService": {
				"v1.example.com": {
					"apiVersion": "apiregistration.k8s.io/v1",
					"kind": "APIService",
					"metadata": {"name": "v1.example.com"},
					"spec": {"service": {"name": "api", "namespace": "policy"}},
				},
			},
		},
		"apiextensions.k8s.io/v1": {
			"CustomResourceDefinition": {
				"widgets.example.com": {
					"apiVersion": "apiextensions.k8s.io/v1",
					"kind": "CustomResourceDefinition",
					"metadata": {"name": "widgets.example.com"},
					"spec": {
						"conversion": {"webhook": {"clientConfig": {"service": {"name": "convert", "namespace": "policy"}}}},
					},
				},
			},
		},
	},
}

test_reports_validatingwebhookconfiguration_a if {
	messages(fail_bundle.cluster["admissionregistration.k8s.io/v1"].ValidatingWebhookConfiguration.a, fail_bundle) == {"ValidatingWebhookConfiguration \"a\" calls Service policy/gone, which does not exist", "ValidatingWebhookConfiguration \"a\" calls Service policy/idle, which selects no Pod", "ValidatingWebhookConfiguration \"a\" calls http://hook.example.com, which is not https", "ValidatingWebhookConfiguration \"a\" calls port 8443 of Service policy/hook, which does not have it"}
}

test_reports_apiservice_v1_example_com if {
	messages(fail_bundle.cluster["apiregistration.k8s.io/v1"].APIService["v1.example.com"], fail_bundle) == {"APIService \"v1.example.com\" calls Service policy/api, which does not exist"}
}

test_reports_customresourcedefinition_widgets_example_com if {
	messages(fail_bundle.cluster["apiextensions.k8s.io/v1"].CustomResourceDefinition["widgets.example.com"], fail_bundle) == {"CustomResourceDefinition \"widgets.example.com\" calls Service policy/convert, which does not exist"}
}

pass_bundle := {
	"namespace": {
		"policy": {
			"v1": {
				"Service": {
					"hook": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "hook", "namespace": "policy"},
						"spec": {"selector": {"app": "hook"}, "ports": [{"port": 443, "targetPort": 8443}]},
					},
				},
			},
		},
	},
	"cluster": {
		"admissionregistration.k8s.io/v1": {
			"ValidatingWebhookConfiguration": {
				"a": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "ValidatingWebhookConfiguration",
					"metadata": {"name": "a"},
					"webhooks": [
						{"name": "a.example.com", "clientConfig": {"service": {"name": "hook", "namespace": "policy"}}},
						{"name": "b.example.com", "clientConfig": {"url": "https://hook.example.com"}},
					],
				},
			},
		},
		"apiregistration.k8s.io/v1": {
			"APIService": {
				"v1.apps": {
					"apiVersion": "apiregistration.k8s.io/v1",
					"kind": "APIService",
					"metadata": {"name": "v1.apps"},
					"spec": {"group": "apps"},
				},
			},
		},
	},
}

test_allows_validatingwebhookconfiguration_a if {
	messages(pass_bundle.cluster["admissionregistration.k8s.io/v1"].ValidatingWebhookConfiguration.a, pass_bundle) == set()
}

test_allows_apiservice_v1_apps if {
	messages(pass_bundle.cluster["apiregistration.k8s.io/v1"].APIService["v1.apps"], pass_bundle) == set()
}
