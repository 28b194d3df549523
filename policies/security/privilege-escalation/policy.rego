# METADATA
# scope: package
# title: Privilege escalation is not ruled out
# description: "Unless allowPrivilegeEscalation is false a process may gain more rights than its parent, for example through a setuid binary."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-002
#   slug: privilege-escalation
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod, pss-restricted]
#   profiles: [restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     exemptImages: {type: array, items: {type: string}, default: [], description: "Images left alone; a trailing * matches any ending."}
#     strictUnset: {type: boolean, default: true, description: "Report containers that do not set the field; the runtime default is true."}
#   remediation: Set securityContext.allowPrivilegeEscalation to false in every container.
#   fix: {op: add, path: securityContext/allowPrivilegeEscalation, value: false, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.2.6"]
#     pss: ["restricted:allowPrivilegeEscalation"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1068", "T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.privilege_escalation

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.pss
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.at(c, "securityContext.allowPrivilegeEscalation", msg) if {
	settings.pod_security >= 1008
	not pss.windows_exempt
	some c in resource.containers
	problem := escalation(c)
	not exempt(c)
	msg := sprintf("%s %s", [resource.describe(c), problem])
}

escalation(c) := "allows privilege escalation (securityContext.allowPrivilegeEscalation: true)" if {
	c.securityContext.allowPrivilegeEscalation == true
} else := "does not set securityContext.allowPrivilegeEscalation to false" if {
	not c.securityContext.allowPrivilegeEscalation == false
	not lenient
}

lenient if data.parameters["LT-POD-002"].strictUnset == false

exempt(c) if image.exempt(c, data.parameters["LT-POD-002"].exemptImages)
