# METADATA
# scope: package
# title: Capability is not on the baseline list
# description: "The baseline level allows thirteen capabilities, written in upper case without prefix, as the API server compares them."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-032
#   slug: capabilities-baseline
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod, pss-baseline]
#   profiles: [baseline, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Remove the capability.
#   fix: {op: remove, path: ., unsafe: true}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.9"]
#     pss: ["baseline:capabilities_baseline"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.capabilities_baseline

import data.lintel.lib.finding
import data.lintel.lib.pss
import data.lintel.lib.resource

deny contains finding.at(c, field, msg) if {
	some c in resource.containers
	some i, name in c.securityContext.capabilities.add
	not name in pss.baseline_capabilities
	field := sprintf("securityContext.capabilities.add[%d]", [i])
	msg := sprintf("%s adds the capability %v, which is not on the baseline list", [resource.describe(c), name])
}
