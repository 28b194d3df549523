package lintel.rbac.rbac_token_create_test

import data.lintel.rbac.rbac_token_create as policy

defaults := {"LT-RBAC-015": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_role_minter if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "minter", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["serviceaccounts/token"], "verbs": ["create"]}],
	}) == {"Role \"minter\" can mint tokens of any service account"}
}

test_reports_clusterrole_tokens if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "tokens"},
		"rules": [{"apiGroups": [""], "resources": ["*/token"], "verbs": ["*"]}],
	}) == {"ClusterRole \"tokens\" can mint tokens of any service account"}
}

test_allows_role_own_token if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "own-token", "namespace": "shop"},
		"rules": [
			{
				"apiGroups": [""],
				"resources": ["serviceaccounts/token"],
				"resourceNames": ["vault-auth"],
				"verbs": ["create"],
			},
		],
	}) == set()
}

test_allows_role_accounts if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "accounts", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["serviceaccounts"], "verbs": ["create"]}],
	}) == set()
}
