package lintel.rbac.rbac_wildcards_test

import data.lintel.rbac.rbac_wildcards as policy

defaults := {"LT-RBAC-001": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrole_everything if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "everything"},
		"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
	}) == {"ClusterRole \"everything\" has the wildcard \"*\" in apiGroups", "ClusterRole \"everything\" has the wildcard \"*\" in resources", "ClusterRole \"everything\" has the wildcard \"*\" in verbs"}
}

test_reports_role_deployer if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "deployer", "namespace": "shop"},
		"rules": [
			{"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "list"]},
			{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["*"]},
		],
	}) == {"Role \"deployer\" has the wildcard \"*\" in verbs"}
}

test_reports_clusterrole_helper if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "helper", "labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}},
		"rules": [{"apiGroups": ["batch"], "resources": ["*"], "verbs": ["get"]}],
	}) == {"ClusterRole \"helper\" has the wildcard \"*\" in resources"}
}

test_allows_role_reader if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "reader", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get", "list", "watch"]}],
	}) == set()
}

test_allows_clusterrole_autoscaler if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "autoscaler"},
		"rules": [{"apiGroups": ["apps"], "resources": ["*/scale"], "verbs": ["get", "update"]}],
	}) == set()
}

test_allows_clusterrole_aggregated if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "aggregated"},
		"aggregationRule": {"clusterRoleSelectors": [{"matchLabels": {"rbac.example.com/aggregate": "true"}}]},
		"rules": [],
	}) == set()
}

test_allows_clusterrole_cluster_admin if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "cluster-admin", "labels": {"kubernetes.io/bootstrapping": "rbac-defaults"}},
		"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
	}) == set()
}

test_allows_listed_role if {
	role := {"kind": "Role", "metadata": {"name": "ci"}, "rules": [{"verbs": ["*"]}]}
	count(policy.deny) == 0 with input as role
		with data.parameters as {"LT-RBAC-001": {"allowedRoles": ["ci"]}}
}
