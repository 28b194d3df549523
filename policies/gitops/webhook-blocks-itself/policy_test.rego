package lintel.gitops.webhook_blocks_itself_test

import data.lintel.gitops.webhook_blocks_itself as policy

defaults := {"LT-HOOK-001": {"systemNamespaces": ["kube-system"]}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
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
				},
			},
			"apps/v1": {
				"Deployment": {
					"hook": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "hook", "namespace": "policy"},
						"spec": {
							"template": {
								"metadata": {"labels": {"app": "hook"}},
								"spec": {"containers": [{"name": "hook", "image": "example.com/hook:1"}]},
							},
						},
					},
				},
			},
		},
	},
	"cluster": {
		"admissionregistration.k8s.io/v1": {
			"ValidatingWebhookConfiguration": {
				"everything": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "ValidatingWebhookConfiguration",
					"metadata": {"name": "everything"},
					"webhooks": [
						{
							"name": "pods.example.com",
							"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
							"rules": [{"apiGroups": ["*"], "apiVersions": ["*"], "resources": ["*"], "operations": ["*"]}],
						},
					],
				},
			},
			"MutatingWebhookConfiguration": {
				"inject": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "MutatingWebhookConfiguration",
					"metadata": {"name": "inject"},
					"webhooks": [
						{
							"name": "inject.example.com",
							"failurePolicy": "Fail",
							"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
							"rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
							"objectSelector": {"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["other"]}]},
							"namespaceSelector": {
								"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system"]}],
							},
						},
					],
				},
			},
		},
	},
}

test_reports_validatingwebhookconfiguration_everything if {
	messages(fail_bundle.cluster["admissionregistration.k8s.io/v1"].ValidatingWebhookConfiguration.everything, fail_bundle) == {"webhook \"pods.example.com\" fails closed and matches Pods of its own namespace \"policy\"", "webhook \"pods.example.com\" fails closed and matches objects of kube-system"}
}

test_reports_mutatingwebhookconfiguration_inject if {
	messages(fail_bundle.cluster["admissionregistration.k8s.io/v1"].MutatingWebhookConfiguration.inject, fail_bundle) == {"webhook \"inject.example.com\" fails closed and matches Pods of its own namespace \"policy\""}
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
						"spec": {"selector": {"app": "hook"}, "ports": [{"port": 443}]},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"hook": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "hook", "namespace": "policy"},
						"spec": {
							"template": {
								"metadata": {"labels": {"app": "hook"}},
								"spec": {"containers": [{"name": "hook", "image": "example.com/hook:1"}]},
							},
						},
					},
				},
			},
		},
	},
	"cluster": {
		"admissionregistration.k8s.io/v1": {
			"ValidatingWebhookConfiguration": {
				"careful": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "ValidatingWebhookConfiguration",
					"metadata": {"name": "careful"},
					"webhooks": [
						{
							"name": "pods.example.com",
							"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
							"rules": [{"apiGroups": ["*"], "apiVersions": ["*"], "resources": ["*"], "operations": ["*"]}],
							"namespaceSelector": {
								"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system", "policy"]}],
							},
						},
						{
							"name": "open.example.com",
							"failurePolicy": "Ignore",
							"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
							"rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
						},
						{
							"name": "own-kind.example.com",
							"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
							"rules": [
								{
									"apiGroups": ["example.com"],
									"apiVersions": ["v1"],
									"resources": ["widgets"],
									"operations": ["CREATE"],
								},
							],
						},
						{
							"name": "cluster.example.com",
							"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
							"rules": [
								{
									"apiGroups": ["*"],
									"apiVersions": ["*"],
									"resources": ["*"],
									"operations": ["CREATE"],
									"scope": "Cluster",
								},
							],
						},
						{
							"name": "condition.example.com",
							"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
							"rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
							"matchConditions": [{"name": "spare", "expression": "!(request.namespace in ['kube-system', 'policy'])"}],
						},
					],
				},
			},
			"MutatingWebhookConfiguration": {
				"by-label": {
					"apiVersion": "admissionregistration.k8s.io/v1",
					"kind": "MutatingWebhookConfiguration",
					"metadata": {"name": "by-label"},
					"webhooks": [
						{
							"name": "opt-in.example.com",
							"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
							"rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
							"objectSelector": {"matchLabels": {"inject": "enabled"}},
						},
						{
							"name": "exists.example.com",
							"clientConfig": {"service": {"name": "unknown", "namespace": "elsewhere"}},
							"rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
							"objectSelector": {"matchExpressions": [{"key": "inject", "operator": "Exists"}]},
						},
						{
							"name": "namespaces.example.com",
							"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
							"rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
							"namespaceSelector": {"matchLabels": {"inject": "enabled"}},
						},
					],
				},
			},
		},
	},
}

test_allows_validatingwebhookconfiguration_careful if {
	messages(pass_bundle.cluster["admissionregistration.k8s.io/v1"].ValidatingWebhookConfiguration.careful, pass_bundle) == set()
}

test_allows_mutatingwebhookconfiguration_by_label if {
	messages(pass_bundle.cluster["admissionregistration.k8s.io/v1"].MutatingWebhookConfiguration["by-label"], pass_bundle) == set()
}

# A null selector is the empty one, which fits every namespace.
test_reports_a_null_selector if {
	webhook := {
		"name": "null.example.com",
		"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
		"rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}],
		"namespaceSelector": null,
	}
	object := {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration", "metadata": {"name": "a"}, "webhooks": [webhook]}
	`webhook "null.example.com" fails closed and matches Pods of its own namespace "policy"` in messages(object, pass_bundle)
}

# A condition that reads request.namespace is an error for objects of the cluster.
reading(policy) := {
	"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration", "metadata": {"name": "a"},
	"webhooks": [{
		"name": "roles.example.com",
		"failurePolicy": policy,
		"clientConfig": {"service": {"name": "hook", "namespace": "policy"}},
		"rules": [{"apiGroups": ["rbac.authorization.k8s.io"], "apiVersions": ["v1"], "resources": ["clusterroles"], "operations": ["CREATE"]}],
		"matchConditions": [{"name": "spare", "expression": "request.namespace != 'kube-system'"}],
	}],
}

test_reports_a_condition_that_lets_pass if {
	`match condition "spare" of webhook "roles.example.com" reads request.namespace, which objects of the cluster do not have: they are admitted unjudged` in messages(reading("Ignore"), pass_bundle)
}

test_reports_a_condition_that_refuses if {
	`match condition "spare" of webhook "roles.example.com" reads request.namespace, which objects of the cluster do not have: they are refused` in messages(reading("Fail"), pass_bundle)
}
