package lintel.rbac.rbac_pv_create_test

import data.lintel.rbac.rbac_pv_create as policy

defaults := {"LT-RBAC-016": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrole_volumes if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "volumes"},
		"rules": [{"apiGroups": [""], "resources": ["persistentvolumes"], "verbs": ["create", "delete"]}],
	}) == {"ClusterRole \"volumes\" can create PersistentVolumes"}
}

test_reports_clusterrole_core if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "core"},
		"rules": [{"apiGroups": [""], "resources": ["*"], "verbs": ["*"]}],
	}) == {"ClusterRole \"core\" can create PersistentVolumes"}
}

test_allows_clusterrole_claims if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "claims"},
		"rules": [{"apiGroups": [""], "resources": ["persistentvolumeclaims"], "verbs": ["create"]}],
	}) == set()
}

test_allows_clusterrole_volume_reader if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "volume-reader"},
		"rules": [{"apiGroups": [""], "resources": ["persistentvolumes"], "verbs": ["get", "list"]}],
	}) == set()
}
