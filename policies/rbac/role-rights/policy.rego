# METADATA
# scope: package
# title: Role gives dangerous rights
# description: "One finding for each rule of a role names everything dangerous that it allows: wildcards, Secrets, workloads, commands in Pods, other people's rights, the kubelet, certificates, admission control, tokens, volumes of the node."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-021
#   slug: role-rights
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [rbac]
#   profiles: [recommended]
#   merges: [LT-RBAC-001, LT-RBAC-003, LT-RBAC-004, LT-RBAC-005, LT-RBAC-006, LT-RBAC-007, LT-RBAC-008, LT-RBAC-009, LT-RBAC-010, LT-RBAC-015, LT-RBAC-016]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [Role, ClusterRole]}
#   parameters: {}
#   remediation: Name the API groups, resources and verbs that are needed, and leave out the rights that the finding names.
#   effort: medium
#   compliance: {}
package lintel.rbac.role_rights

import data.lintel.lib.finding
import data.lintel.lib.rbac
import data.lintel.lib.settings
import data.lintel.rbac.rbac_create_pods
import data.lintel.rbac.rbac_csr_approve
import data.lintel.rbac.rbac_escalate_bind
import data.lintel.rbac.rbac_impersonate
import data.lintel.rbac.rbac_nodes_proxy
import data.lintel.rbac.rbac_pod_exec
import data.lintel.rbac.rbac_pv_create
import data.lintel.rbac.rbac_read_secrets
import data.lintel.rbac.rbac_token_create
import data.lintel.rbac.rbac_webhooks
import data.lintel.rbac.rbac_wildcards

deny contains object.union(finding.at(rule, place, msg), {"severity": severity, "parts": parts_found}) if {
	some rule in rbac.rules
	wildcards := wildcards_of(rule)
	rights := rights_of(rule)
	place := array.concat([right.found.field | some right in rights], [wildcard.field | some wildcard in wildcards])[0]
	parts_found := array.concat(
		[{"policy": "LT-RBAC-001", "text": wildcard.text, "severity": wildcard.severity, "field": wildcard.field} | some wildcard in wildcards],
		[{"policy": right.id, "text": text(right, wildcards), "severity": right.severity, "field": right.found.field} | some right in rights],
	)
	msg := sprintf("%s allows too much: %s", [rbac.described, concat(", ", [part.text | some part in parts_found])])
	severity := worst(parts_found)
}

# wildcards_of lists the fields of a rule that hold a wildcard.
wildcards_of(rule) := [{"field": found.field, "text": sprintf("\"*\" in %s", [name]), "severity": "high"} |
	not settings.skips("LT-RBAC-001")
	some name in ["apiGroups", "resources", "verbs"]
	found := [found | some found in rbac_wildcards.deny; found.node == rule; startswith(found.field, sprintf("%s[", [name]))][0]
]

# rights_of lists what the single policies find in a rule, the worst first.
rights_of(rule) := [object.union(part, {"found": found}) |
	some part in parts
	not settings.skips(part.id)
	found := [found | some found in part.findings; found.node == rule][0]
]

# text says what a right is, and without wildcards also the verbs and resources that its own policy names in parentheses.
text(right, []) := sprintf("%s (%s", [right.text, split(right.found.msg, " (")[1]]) if {
	contains(right.found.msg, " (")
} else := right.text

text(right, wildcards) := right.text if count(wildcards) > 0

worst(items) := [severity |
	some severity in ["critical", "high", "medium"]
	some item in items
	item.severity == severity
][0]

parts := [
	{"id": "LT-RBAC-006", "severity": "critical", "text": "raising rights", "findings": rbac_escalate_bind.deny},
	{"id": "LT-RBAC-007", "severity": "critical", "text": "impersonating others", "findings": rbac_impersonate.deny},
	{"id": "LT-RBAC-010", "severity": "critical", "text": "changing admission control", "findings": rbac_webhooks.deny},
	{"id": "LT-RBAC-003", "severity": "high", "text": "reading Secrets", "findings": rbac_read_secrets.deny},
	{"id": "LT-RBAC-004", "severity": "high", "text": "changing workloads", "findings": rbac_create_pods.deny},
	{"id": "LT-RBAC-005", "severity": "high", "text": "running commands in Pods", "findings": rbac_pod_exec.deny},
	{"id": "LT-RBAC-008", "severity": "high", "text": "reaching the kubelet API", "findings": rbac_nodes_proxy.deny},
	{"id": "LT-RBAC-009", "severity": "high", "text": "approving certificate requests", "findings": rbac_csr_approve.deny},
	{"id": "LT-RBAC-015", "severity": "high", "text": "minting tokens of any service account", "findings": rbac_token_create.deny},
	{"id": "LT-RBAC-016", "severity": "medium", "text": "creating PersistentVolumes", "findings": rbac_pv_create.deny},
]
