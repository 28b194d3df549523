package lintel.rbac.rbac_configmaps_test

import data.lintel.rbac.rbac_configmaps as policy

defaults := {"LT-RBAC-017": {"allowedRoles": [], "namespaces": ["kube-system"]}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrole_config if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "config"},
		"rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "update"]}],
	}) == {"ClusterRole \"config\" can change ConfigMaps of system namespaces (update)"}
}

test_reports_role_dns if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "dns", "namespace": "kube-system"},
		"rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["patch"]}],
	}) == {"Role \"dns\" can change ConfigMaps of system namespaces (patch)"}
}

test_allows_role_leader_election if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "leader-election", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["create", "update"]}],
	}) == set()
}

test_allows_clusterrole_one if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "one"},
		"rules": [
			{
				"apiGroups": [""],
				"resources": ["configmaps"],
				"resourceNames": ["kube-root-ca.crt"],
				"verbs": ["update"],
			},
		],
	}) == set()
}
