package lintel.rbac.rbac_delete_evidence_test

import data.lintel.rbac.rbac_delete_evidence as policy

defaults := {"LT-RBAC-018": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrole_cleaner if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "cleaner"},
		"rules": [
			{
				"apiGroups": ["", "events.k8s.io"],
				"resources": ["events"],
				"verbs": ["delete", "deletecollection"],
			},
		],
	}) == {"ClusterRole \"cleaner\" can delete traces (delete, deletecollection on events)"}
}

test_reports_role_logs if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "logs", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods/log"], "verbs": ["*"]}],
	}) == {"Role \"logs\" can delete traces (every verb on pods/log)"}
}

test_allows_clusterrole_recorder if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "recorder"},
		"rules": [
			{
				"apiGroups": ["", "events.k8s.io"],
				"resources": ["events"],
				"verbs": ["create", "patch", "update"],
			},
		],
	}) == set()
}

test_allows_role_log_reader if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "Role",
		"metadata": {"name": "log-reader", "namespace": "shop"},
		"rules": [{"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get"]}],
	}) == set()
}
