package lintel.rbac.rbac_create_pods_test

import data.lintel.rbac.rbac_create_pods as policy

defaults := {
	"LT-RBAC-004": {"allowedRoles": [], "verbs": ["create", "update", "patch"], "includeControllers": true},
}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_role_debug if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "debug", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "create"]}],
	}) == {"Role \"debug\" can change workloads (create on pods)"}
}

test_reports_clusterrole_patcher if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "patcher"},
		"rules": [{"apiGroups": ["apps"], "resources": ["deployments", "statefulsets"], "verbs": ["patch"]}],
	}) == {"ClusterRole \"patcher\" can change workloads (patch on deployments, statefulsets)"}
}

test_allows_role_watcher if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "watcher", "namespace": "shop"},
		"rules": [
			{
				"apiGroups": ["", "apps", "batch"],
				"resources": ["pods", "deployments", "cronjobs"],
				"verbs": ["get", "list", "watch", "delete"],
			},
		],
	}) == set()
}

test_allows_role_config if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "config", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["create"]}],
	}) == set()
}
