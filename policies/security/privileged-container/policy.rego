# METADATA
# scope: package
# title: Container runs privileged
# description: "A privileged container shares the devices and kernel powers of its node, so whoever breaks into it owns the node."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-001
#   slug: privileged-container
#   aliases: [pod-privileged]
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [pod, pss-baseline]
#   profiles: [recommended, baseline, restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     exemptImages: {type: array, items: {type: string}, default: [], description: "Images left alone; a trailing * matches any ending."}
#   remediation: Remove privileged and add the single capabilities the container needs.
#   fix: {op: replace, path: securityContext/privileged, value: false, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.2.2"]
#     pss: ["baseline:privileged"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611", "T1610"]
#     soc2-2017: ["CC6.1", "CC6.8"]
package lintel.security.privileged_container

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.at(c, "securityContext.privileged", msg) if {
	some c in resource.containers
	c.securityContext.privileged == true
	not exempt(c)
	msg := sprintf("%s runs privileged (securityContext.privileged: true)", [resource.describe(c)])
}

exempt(c) if image.exempt(c, data.parameters["LT-POD-001"].exemptImages)
