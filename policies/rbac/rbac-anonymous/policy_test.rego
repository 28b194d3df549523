package lintel.rbac.rbac_anonymous_test

import data.lintel.rbac.rbac_anonymous as policy

defaults := {
	"LT-RBAC-012": {"allowedRoles": ["system:discovery", "system:basic-user", "system:public-info-viewer"]},
}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrolebinding_open if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "open"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [
			{"kind": "User", "name": "system:anonymous", "apiGroup": "rbac.authorization.k8s.io"},
			{"kind": "Group", "name": "system:authenticated", "apiGroup": "rbac.authorization.k8s.io"},
		],
	}) == {"ClusterRoleBinding \"open\" gives rights to group \"system:authenticated\"", "ClusterRoleBinding \"open\" gives rights to user \"system:anonymous\""}
}

test_reports_rolebinding_masters if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "masters", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "ops"},
		"subjects": [{"kind": "Group", "name": "system:masters", "apiGroup": "rbac.authorization.k8s.io"}],
	}) == {"RoleBinding \"masters\" gives rights to group \"system:masters\""}
}

test_allows_clusterrolebinding_system_public_info_viewer if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "system:public-info-viewer"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "ClusterRole",
			"name": "system:public-info-viewer",
		},
		"subjects": [{"kind": "Group", "name": "system:unauthenticated", "apiGroup": "rbac.authorization.k8s.io"}],
	}) == set()
}

test_allows_clusterrolebinding_cluster_admin if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "cluster-admin", "labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
		"subjects": [{"kind": "Group", "name": "system:masters", "apiGroup": "rbac.authorization.k8s.io"}],
	}) == set()
}

test_allows_rolebinding_team if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "team", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"},
		"subjects": [{"kind": "Group", "name": "shop-team", "apiGroup": "rbac.authorization.k8s.io"}],
	}) == set()
}
