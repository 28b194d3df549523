# METADATA
# scope: package
# title: Disruption budget protects broken Pods
# description: "By default Pods that are not ready cannot be evicted while the budget is used up, so a crashing workload blocks node drains."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: LT-REL-015
#   slug: pdb-unhealthy-policy
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pdb]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: policy, kinds: [PodDisruptionBudget]}
#   requires: []
#   parameters: {}
#   remediation: Set unhealthyPodEvictionPolicy to AlwaysAllow.
#   fix: {op: add, path: spec/unhealthyPodEvictionPolicy, value: AlwaysAllow}
#   effort: low
#   compliance: {}
package lintel.reliability.pdb_unhealthy_policy

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.at(input, "spec.unhealthyPodEvictionPolicy", msg) if {
	settings.kubernetes >= 1027
	not input.spec.unhealthyPodEvictionPolicy == "AlwaysAllow"
	msg := sprintf("PodDisruptionBudget %q does not set unhealthyPodEvictionPolicy to AlwaysAllow", [resource.name])
}
