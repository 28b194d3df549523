package lintel.rbac.rbac_webhooks_test

import data.lintel.rbac.rbac_webhooks as policy

defaults := {"LT-RBAC-010": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrole_injector if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "injector"},
		"rules": [
			{
				"apiGroups": ["admissionregistration.k8s.io"],
				"resources": ["mutatingwebhookconfigurations"],
				"verbs": ["get", "patch"],
			},
		],
	}) == {"ClusterRole \"injector\" changes admission control (patch on mutatingwebhookconfigurations)"}
}

test_reports_clusterrole_policy_owner if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "policy-owner"},
		"rules": [{"apiGroups": ["*"], "resources": ["validatingadmissionpolicies"], "verbs": ["delete"]}],
	}) == {"ClusterRole \"policy-owner\" changes admission control (delete on validatingadmissionpolicies)"}
}

test_allows_clusterrole_webhook_reader if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "webhook-reader"},
		"rules": [
			{
				"apiGroups": ["admissionregistration.k8s.io"],
				"resources": ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
				"verbs": ["get", "list", "watch"],
			},
		],
	}) == set()
}

test_allows_clusterrole_other if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "other"},
		"rules": [{"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get"]}],
	}) == set()
}
