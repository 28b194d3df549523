package lintel.rbac.rbac_cluster_admin_test

import data.lintel.rbac.rbac_cluster_admin as policy

defaults := {"LT-RBAC-002": {"allowedSubjects": ["system:masters"]}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrolebinding_ci_admin if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "ci-admin"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
		"subjects": [
			{"kind": "ServiceAccount", "name": "ci", "namespace": "build"},
			{"kind": "User", "name": "jane", "apiGroup": "rbac.authorization.k8s.io"},
		],
	}) == {"ClusterRoleBinding \"ci-admin\" gives cluster-admin to ci, jane"}
}

test_reports_rolebinding_namespace_admin if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "namespace-admin", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
		"subjects": [{"kind": "Group", "name": "shop-team", "apiGroup": "rbac.authorization.k8s.io"}],
	}) == {"RoleBinding \"namespace-admin\" gives cluster-admin to shop-team"}
}

test_allows_clusterrolebinding_cluster_admin if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "cluster-admin"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
		"subjects": [{"kind": "Group", "name": "system:masters", "apiGroup": "rbac.authorization.k8s.io"}],
	}) == set()
}

test_allows_rolebinding_viewers if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "viewers", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [{"kind": "Group", "name": "shop-team", "apiGroup": "rbac.authorization.k8s.io"}],
	}) == set()
}
