# METADATA
# scope: package
# title: Node-wide capability is added
# description: "SYS_ADMIN is close to root on the node, SYS_MODULE loads kernel code, ALL grants both."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-012
#   slug: cap-sys-admin
#   aliases: [cap-sys-module]
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     forbiddenCapabilities: {type: array, items: {type: string}, default: [SYS_ADMIN, SYS_MODULE, ALL], description: "Names that may never be added."}
#   remediation: "Remove the capability; few programs need it, and those belong on nodes of their own."
#   fix: {op: remove, path: ., unsafe: true}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.9"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611", "T1068"]
#     soc2-2017: ["CC6.1"]
package lintel.security.cap_sys_admin

import data.lintel.lib.capability
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, field, msg) if {
	some c in resource.containers
	some i, text in c.securityContext.capabilities.add
	capability.normal_name(text) in forbidden
	field := sprintf("securityContext.capabilities.add[%d]", [i])
	msg := sprintf("%s adds the capability %s", [resource.describe(c), text])
}

forbidden := {capability.normal_name(text) | some text in data.parameters["LT-POD-012"].forbiddenCapabilities}
