# METADATA
# scope: package
# title: Capabilities beyond the usual are added
# description: "Capabilities outside the baseline list reach into the node: its network, its kernel or other processes."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-011
#   slug: added-capabilities
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedCapabilities:
#       type: array
#       items: {type: string}
#       default: [AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]
#       description: Names that may be added, in any case, with or without the CAP_ prefix.
#   remediation: "Remove the capability, or move the work that needs it into a container of its own."
#   fix: {op: remove, path: ., unsafe: true}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.9"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.added_capabilities

import data.lintel.lib.capability
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, field, msg) if {
	some c in resource.containers
	some i, text in c.securityContext.capabilities.add
	not capability.normal_name(text) in allowed
	field := sprintf("securityContext.capabilities.add[%d]", [i])
	msg := sprintf("%s adds the capability %s", [resource.describe(c), text])
}

allowed := {capability.normal_name(text) | some text in data.parameters["LT-POD-011"].allowedCapabilities}
