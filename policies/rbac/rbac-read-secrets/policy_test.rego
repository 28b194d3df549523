package lintel.rbac.rbac_read_secrets_test

import data.lintel.rbac.rbac_read_secrets as policy

defaults := {"LT-RBAC-003": {"allowedRoles": [], "allowResourceNames": true}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrole_secret_lister if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "secret-lister"},
		"rules": [{"apiGroups": [""], "resources": ["pods", "secrets"], "verbs": ["list", "watch", "create"]}],
	}) == {"ClusterRole \"secret-lister\" can read Secrets (list, watch on secrets)"}
}

test_reports_role_all_core if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "all-core", "namespace": "shop"},
		"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
	}) == {"Role \"all-core\" can read Secrets (every verb on every resource)"}
}

test_allows_role_one_secret if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "one-secret", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["secrets"], "resourceNames": ["shop-tls"], "verbs": ["get"]}],
	}) == set()
}

test_allows_clusterrole_secret_writer if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "secret-writer"},
		"rules": [
			{"apiGroups": [""], "resources": ["secrets"], "verbs": ["create"]},
			{"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "list"]},
		],
	}) == set()
}

test_reports_named_secret_when_names_do_not_count if {
	role := {"kind": "Role", "metadata": {}, "rules": [{"apiGroups": [""], "resources": ["secrets"], "resourceNames": ["a"], "verbs": ["get"]}]}
	count(policy.deny) == 1 with input as role
		with data.parameters as {"LT-RBAC-003": {"allowedRoles": [], "allowResourceNames": false}}
}
