package lintel.rbac.rbac_default_sa_test

import data.lintel.rbac.rbac_default_sa as policy

defaults := {
	"LT-RBAC-019": {"allowedRoles": ["system:service-account-issuer-discovery", "system:image-puller"]},
}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_rolebinding_pods if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "pods", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"},
		"subjects": [
			{"kind": "ServiceAccount", "name": "default", "namespace": "shop"},
			{
				"kind": "User",
				"name": "system:serviceaccount:build:default",
				"apiGroup": "rbac.authorization.k8s.io",
			},
		],
	}) == {"RoleBinding \"pods\" gives rights to ServiceAccount \"default\"", "RoleBinding \"pods\" gives rights to User \"system:serviceaccount:build:default\""}
}

test_reports_clusterrolebinding_everyone if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "everyone"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
		"subjects": [
			{"kind": "Group", "name": "system:serviceaccounts", "apiGroup": "rbac.authorization.k8s.io"},
			{"kind": "Group", "name": "system:serviceaccounts:build", "apiGroup": "rbac.authorization.k8s.io"},
		],
	}) == {"ClusterRoleBinding \"everyone\" gives rights to Group \"system:serviceaccounts\"", "ClusterRoleBinding \"everyone\" gives rights to Group \"system:serviceaccounts:build\""}
}

test_allows_rolebinding_web if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "RoleBinding",
		"metadata": {"name": "web", "namespace": "shop"},
		"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "web"},
		"subjects": [{"kind": "ServiceAccount", "name": "web"}],
	}) == set()
}

test_allows_clusterrolebinding_discovery if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRoleBinding",
		"metadata": {"name": "discovery"},
		"roleRef": {
			"apiGroup": "rbac.authorization.k8s.io",
			"kind": "ClusterRole",
			"name": "system:service-account-issuer-discovery",
		},
		"subjects": [{"kind": "Group", "name": "system:serviceaccounts", "apiGroup": "rbac.authorization.k8s.io"}],
	}) == set()
}
