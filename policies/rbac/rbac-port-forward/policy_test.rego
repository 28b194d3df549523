package lintel.rbac.rbac_port_forward_test

import data.lintel.rbac.rbac_port_forward as policy

defaults := {"LT-RBAC-013": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_role_tunnel if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "tunnel", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods/portforward"], "verbs": ["create"]}],
	}) == {"Role \"tunnel\" can forward ports of Pods (create on pods/portforward)"}
}

test_reports_clusterrole_debug if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "debug"},
		"rules": [{"apiGroups": [""], "resources": ["pods", "pods/exec", "pods/portforward"], "verbs": ["*"]}],
	}) == {"ClusterRole \"debug\" can forward ports of Pods (every verb on pods/portforward)"}
}

test_allows_role_pods if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "pods", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}],
	}) == set()
}

test_allows_role_foreign if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "foreign", "namespace": "shop"},
		"rules": [{"apiGroups": ["example.com"], "resources": ["pods/portforward"], "verbs": ["create"]}],
	}) == set()
}
