package lintel.rbac.rbac_nodes_proxy_test

import data.lintel.rbac.rbac_nodes_proxy as policy

defaults := {"LT-RBAC-008": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrole_metrics if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "metrics"},
		"rules": [{"apiGroups": [""], "resources": ["nodes", "nodes/proxy"], "verbs": ["get"]}],
	}) == {"ClusterRole \"metrics\" reaches the kubelet API (get on nodes/proxy)"}
}

test_reports_clusterrole_core_reader if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "core-reader"},
		"rules": [{"apiGroups": [""], "resources": ["*"], "verbs": ["get", "list"]}],
	}) == {"ClusterRole \"core-reader\" reaches the kubelet API (get, list on every resource)"}
}

test_allows_clusterrole_node_metrics if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "node-metrics"},
		"rules": [{"apiGroups": [""], "resources": ["nodes", "nodes/metrics", "nodes/stats"], "verbs": ["get"]}],
	}) == set()
}

test_allows_clusterrole_pod_proxy if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "pod-proxy"},
		"rules": [{"apiGroups": [""], "resources": ["pods/proxy"], "verbs": ["get"]}],
	}) == set()
}
