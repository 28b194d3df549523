# METADATA
# scope: package
# title: Capabilities are not dropped
# description: Runtimes grant a set of capabilities that almost no program needs; dropping ALL leaves only those added on purpose.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-009
#   slug: drop-all-capabilities
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     requiredDrop: {type: array, items: {type: string}, default: [ALL], description: "Capabilities every container must drop; ALL covers each."}
#   remediation: Drop ALL in securityContext.capabilities.drop and add back single capabilities.
#   fix: {op: add, path: securityContext/capabilities/drop, value: [ALL], unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.2.10"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.drop_all_capabilities

import data.lintel.lib.capability
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, "securityContext.capabilities.drop", msg) if {
	not resource.is_windows
	some c in resource.containers
	missing := kept(c)
	count(missing) > 0
	msg := sprintf("%s does not drop %s (securityContext.capabilities.drop)", [resource.describe(c), concat(", ", sort(missing))])
}

kept(c) := set() if {
	"ALL" in capability.dropped(c)
} else := required - capability.dropped(c)

required := {capability.normal_name(text) | some text in data.parameters["LT-POD-009"].requiredDrop}
