package lintel.rbac.rbac_pod_exec_test

import data.lintel.rbac.rbac_pod_exec as policy

defaults := {"LT-RBAC-005": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_role_shell if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "shell", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods", "pods/exec"], "verbs": ["create"]}],
	}) == {"Role \"shell\" can run commands in Pods (create on pods/exec)"}
}

test_reports_clusterrole_attach if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "attach"},
		"rules": [{"apiGroups": [""], "resources": ["*/attach"], "verbs": ["get"]}],
	}) == {"ClusterRole \"attach\" can run commands in Pods (get on */attach)"}
}

test_allows_role_logs if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "logs", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get", "list"]}],
	}) == set()
}

test_allows_role_clean if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "clean", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["delete"]}],
	}) == set()
}
