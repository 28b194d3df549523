# METADATA
# scope: package
# title: runAsNonRoot is not true (restricted)
# description: "The restricted level wants the flag itself, so that the kubelet refuses to start a container as root; a user number does not replace it."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-031
#   slug: run-as-non-root-restricted
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
#   parameters: {}
#   remediation: Set securityContext.runAsNonRoot to true for the Pod and false nowhere.
#   fix: {op: add, path: securityContext/runAsNonRoot, value: true, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.2.7"]
#     pss: ["restricted:runAsNonRoot"]
#     nsa-cisa-1.2: ["POD-1"]
#     mitre-attack: ["T1611", "T1068"]
#     soc2-2017: ["CC6.1", "CC6.3"]
package lintel.security.run_as_non_root_restricted

import data.lintel.lib.finding
import data.lintel.lib.pss
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "securityContext.runAsNonRoot", msg) if {
	not pss.user_namespace_relaxed
	resource.pod_spec.securityContext.runAsNonRoot == false
	msg := "the Pod sets runAsNonRoot to false"
}

deny contains finding.at(c, "securityContext.runAsNonRoot", msg) if {
	not pss.user_namespace_relaxed
	some c in resource.containers
	problem := missing(c)
	msg := sprintf("%s %s", [resource.describe(c), problem])
}

missing(c) := "sets runAsNonRoot to false" if {
	c.securityContext.runAsNonRoot == false
} else := "does not set runAsNonRoot to true, and neither does the Pod" if {
	not c.securityContext.runAsNonRoot == true
	not resource.pod_spec.securityContext.runAsNonRoot == true
}
