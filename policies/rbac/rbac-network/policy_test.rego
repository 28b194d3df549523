package lintel.rbac.rbac_network_test

import data.lintel.rbac.rbac_network as policy

defaults := {"LT-RBAC-011": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_role_netadmin if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "netadmin", "namespace": "shop"},
		"rules": [
			{
				"apiGroups": ["networking.k8s.io"],
				"resources": ["networkpolicies", "ingresses"],
				"verbs": ["get", "delete"],
			},
		],
	}) == {"Role \"netadmin\" changes the network (delete on networkpolicies, ingresses)"}
}

test_reports_clusterrole_status if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "status"},
		"rules": [{"apiGroups": [""], "resources": ["services/status"], "verbs": ["patch"]}],
	}) == {"ClusterRole \"status\" changes the network (patch on services/status)"}
}

test_allows_role_netview if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "netview", "namespace": "shop"},
		"rules": [
			{
				"apiGroups": ["", "networking.k8s.io", "discovery.k8s.io"],
				"resources": ["services", "endpointslices", "networkpolicies"],
				"verbs": ["get", "list", "watch"],
			},
		],
	}) == set()
}

test_allows_role_jobs if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "jobs", "namespace": "shop"},
		"rules": [{"apiGroups": ["batch"], "resources": ["jobs"], "verbs": ["create"]}],
	}) == set()
}
