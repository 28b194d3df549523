package lintel.rbac.rbac_impersonate_test

import data.lintel.rbac.rbac_impersonate as policy

defaults := {"LT-RBAC-007": {"allowedRoles": [], "allowResourceNames": false}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrole_support if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "support"},
		"rules": [{"apiGroups": [""], "resources": ["users", "groups"], "verbs": ["impersonate"]}],
	}) == {"ClusterRole \"support\" can impersonate others (impersonate on users, groups)"}
}

test_reports_clusterrole_scopes if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "scopes"},
		"rules": [
			{
				"apiGroups": ["authentication.k8s.io"],
				"resources": ["userextras/scopes"],
				"resourceNames": ["view"],
				"verbs": ["impersonate"],
			},
		],
	}) == {"ClusterRole \"scopes\" can impersonate others (impersonate on userextras/scopes)"}
}

test_allows_clusterrole_service_accounts if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "service-accounts"},
		"rules": [{"apiGroups": [""], "resources": ["serviceaccounts"], "verbs": ["get", "list"]}],
	}) == set()
}

test_allows_role_pods if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "pods", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["impersonate"]}],
	}) == set()
}

test_allows_named_identity_when_asked if {
	role := {"kind": "ClusterRole", "rules": [{"apiGroups": [""], "resources": ["users"], "resourceNames": ["bot"], "verbs": ["impersonate"]}]}
	count(policy.deny) == 0 with input as role
		with data.parameters as {"LT-RBAC-007": {"allowedRoles": [], "allowResourceNames": true}}
}
