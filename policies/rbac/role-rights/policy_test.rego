package lintel.rbac.role_rights_test

import data.lintel.rbac.role_rights as policy

none := {"allowedRoles": []}

defaults := {
	"LT-RBAC-001": none, "LT-RBAC-003": {"allowedRoles": [], "allowResourceNames": true},
	"LT-RBAC-004": {"allowedRoles": [], "verbs": ["create", "update", "patch"], "includeControllers": true},
	"LT-RBAC-005": none, "LT-RBAC-006": none, "LT-RBAC-007": {"allowedRoles": [], "allowResourceNames": true},
	"LT-RBAC-008": none, "LT-RBAC-009": none, "LT-RBAC-010": none, "LT-RBAC-015": none, "LT-RBAC-016": none,
}

role(rules) := {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "r"}, "rules": rules}

found(rules) := {[one.field, one.severity, one.msg] |
	some one in policy.deny with input as role(rules) with data.parameters as defaults
}

everything := {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}

test_reports_a_rule_once if {
	found([everything]) == {["resources[0]", "critical", `Role "r" allows too much: "*" in apiGroups, "*" in resources, "*" in verbs, raising rights, impersonating others, changing admission control, reading Secrets, changing workloads, running commands in Pods, reaching the kubelet API, approving certificate requests, minting tokens of any service account, creating PersistentVolumes`]}
}

test_reports_rules_apart if {
	found([
		{"apiGroups": [""], "resources": ["pods", "secrets"], "verbs": ["get", "create"]},
		{"apiGroups": [""], "resources": ["persistentvolumes"], "verbs": ["create"]},
		{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]},
	]) == {
		["resources[1]", "high", `Role "r" allows too much: reading Secrets (get on secrets), changing workloads (create on pods)`],
		["resources[0]", "medium", `Role "r" allows too much: creating PersistentVolumes`],
	}
}

test_reports_a_wildcard_alone if {
	found([{"nonResourceURLs": ["*"], "verbs": ["get", "*"]}]) == {["verbs[1]", "high", `Role "r" allows too much: "*" in verbs`]}
}

test_leaves_out_skipped_parts if {
	some one in policy.deny with input as role([{"apiGroups": [""], "resources": ["pods", "secrets"], "verbs": ["*"]}])
		with data.parameters as defaults
		with data.settings as {"skipped": ["LT-RBAC-001", "LT-RBAC-004"]}
	one.msg == `Role "r" allows too much: reading Secrets (every verb on secrets)`
}

test_allows_named_roles_and_narrow_rules if {
	allowed := json.patch(defaults, [{"op": "replace", "path": sprintf("/%s/allowedRoles", [id]), "value": ["r"]} | some id, _ in defaults])
	count(policy.deny) == 0 with input as role([everything]) with data.parameters as allowed
	found([{"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get"]}]) == set()
}
