package lintel.rbac.rbac_self_extend_test

import data.lintel.rbac.rbac_self_extend as policy

defaults := {"LT-RBAC-014": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_role_team_lead if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "team-lead", "namespace": "shop"},
		"rules": [
			{
				"apiGroups": ["rbac.authorization.k8s.io"],
				"resources": ["rolebindings"],
				"verbs": ["get", "patch"],
			},
		],
	}) == {"Role \"team-lead\" lets its subjects change RoleBindings (patch)"}
}

test_reports_role_all if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "all", "namespace": "shop"},
		"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["update"]}],
	}) == {"Role \"all\" lets its subjects change RoleBindings (update)"}
}

test_allows_role_view_bindings if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "view-bindings", "namespace": "shop"},
		"rules": [
			{
				"apiGroups": ["rbac.authorization.k8s.io"],
				"resources": ["rolebindings"],
				"verbs": ["get", "list"],
			},
		],
	}) == set()
}

test_allows_role_pods if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "pods", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["update"]}],
	}) == set()
}
