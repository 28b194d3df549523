# METADATA
# scope: package
# title: Container is not hardened
# description: "One finding for each container names everything its securityContext leaves open: root, more privileges than its parent, kernel capabilities, no seccomp profile, a writable root file system."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-066
#   slug: container-hardening
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod]
#   profiles: [recommended]
#   merges: [LT-POD-002, LT-POD-003, LT-POD-008, LT-POD-009, LT-POD-024]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   parameters: {}
#   remediation: "Set runAsNonRoot, allowPrivilegeEscalation: false, capabilities.drop: [ALL], readOnlyRootFilesystem and seccompProfile.type: RuntimeDefault."
#   fix: [{op: add, path: securityContext/runAsNonRoot, value: true, unsafe: true}, {op: add, path: securityContext/allowPrivilegeEscalation, value: false}, {op: add, path: securityContext/capabilities/drop, value: [ALL]}, {op: add, path: securityContext/seccompProfile/type, value: RuntimeDefault}, {op: add, path: securityContext/readOnlyRootFilesystem, value: true}]
#   effort: low
#   compliance: {}
package lintel.security.container_hardening

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.settings
import data.lintel.security.drop_all_capabilities
import data.lintel.security.privilege_escalation
import data.lintel.security.read_only_root_fs
import data.lintel.security.run_as_non_root
import data.lintel.security.seccomp_required

deny contains object.union(finding.at(c, place(gaps, c), msg), {"parts": parts_found}) if {
	not resource.is_control_plane
	some c in resource.containers
	gaps := [gap | some gap in parts; open(gap, c)]
	count(gaps) > 0
	parts_found := [{"policy": gap.id, "text": gap.text} | some gap in gaps]
	msg := sprintf("%s is not hardened: %s", [resource.describe(c), concat(", ", [gap.text | some gap in gaps])])
}

# place is the field to change when it is one and somebody wrote it.
place(gaps, c) := sprintf("securityContext.%s", [gaps[0].field]) if {
	count(gaps) == 1
	gaps[0].field in object.keys(c.securityContext)
} else := "securityContext"

open(gap, c) if {
	not settings.skips(gap.id)
	subject(sprintf("%s ", [resource.describe(c)])) in subjects[gap.id]
}

# subjects holds by policy what its messages begin with: the containers it speaks of.
subjects[gap.id] contains subject(found.msg) if {
	some gap in parts
	some found in gap.findings
}

subject(text) := split(text, `" `)[0]

parts := [
	{"id": "LT-POD-003", "field": "runAsNonRoot", "text": "it may run as root", "findings": run_as_non_root.deny},
	{"id": "LT-POD-002", "field": "allowPrivilegeEscalation", "text": "privilege escalation is not ruled out", "findings": privilege_escalation.deny},
	{"id": "LT-POD-009", "field": "capabilities", "text": "capabilities are not dropped", "findings": drop_all_capabilities.deny},
	{"id": "LT-POD-024", "field": "seccompProfile", "text": "the seccomp profile is missing", "findings": seccomp_required.deny},
	{"id": "LT-POD-008", "field": "readOnlyRootFilesystem", "text": "the root file system is writable", "findings": read_only_root_fs.deny},
]
