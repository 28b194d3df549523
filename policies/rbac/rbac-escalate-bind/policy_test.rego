package lintel.rbac.rbac_escalate_bind_test

import data.lintel.rbac.rbac_escalate_bind as policy

defaults := {"LT-RBAC-006": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrole_binder if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "binder"},
		"rules": [
			{
				"apiGroups": ["rbac.authorization.k8s.io"],
				"resources": ["clusterroles"],
				"verbs": ["get", "bind"],
			},
		],
	}) == {"ClusterRole \"binder\" can raise rights (bind on clusterroles)"}
}

test_reports_role_grantor if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "grantor", "namespace": "shop"},
		"rules": [{"apiGroups": ["rbac.authorization.k8s.io"], "resources": ["rolebindings"], "verbs": ["create"]}],
	}) == {"Role \"grantor\" can raise rights (create on rolebindings)"}
}

test_allows_clusterrole_auditor if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "auditor"},
		"rules": [
			{
				"apiGroups": ["rbac.authorization.k8s.io"],
				"resources": ["roles", "rolebindings", "clusterroles"],
				"verbs": ["get", "list"],
			},
		],
	}) == set()
}

test_allows_role_other_group if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "other-group", "namespace": "shop"},
		"rules": [{"apiGroups": ["example.com"], "resources": ["roles"], "verbs": ["bind"]}],
	}) == set()
}
