# METADATA
# scope: package
# title: User 0 is asked for
# description: "runAsUser 0 makes the process root, whatever user the image was built for."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-004
#   slug: run-as-uid-zero
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod, pss-restricted]
#   profiles: [recommended, restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: "Set runAsUser to the number of an unprivileged user, best above 10000."
#   fix: {op: replace, path: securityContext/runAsUser, value: 10001, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.2.7"]
#     pss: ["restricted:runAsUser"]
#     nsa-cisa-1.2: ["POD-1"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.run_as_uid_zero

import data.lintel.lib.finding
import data.lintel.lib.pss
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.at(c, "securityContext.runAsUser", msg) if {
	applies
	some c in resource.containers
	c.securityContext.runAsUser == 0
	msg := sprintf("%s runs as root (securityContext.runAsUser: 0)", [resource.describe(c)])
}

deny contains finding.at(resource.pod_spec, "securityContext.runAsUser", msg) if {
	applies
	resource.pod_spec.securityContext.runAsUser == 0
	msg := "the Pod runs its containers as root (securityContext.runAsUser: 0)"
}

applies if {
	settings.pod_security >= 1023
	not pss.user_namespace_relaxed
}
