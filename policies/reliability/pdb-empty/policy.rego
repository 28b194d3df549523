# METADATA
# scope: package
# title: Disruption budget sets no bound
# description: "A budget with neither minAvailable nor maxUnavailable protects nothing, one with both is refused."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: LT-REL-014
#   slug: pdb-empty
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pdb]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: policy, kinds: [PodDisruptionBudget]}
#   requires: []
#   parameters: {}
#   remediation: Set either minAvailable or maxUnavailable.
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.reliability.pdb_empty

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, "spec", msg), [{"op": "add", "path": "/spec/maxUnavailable", "value": 1, "unsafe": true} | count(bounds) == 0]) if {
	count(bounds) != 1
	msg := sprintf("PodDisruptionBudget %q sets %s of minAvailable and maxUnavailable", [resource.name, amount])
}

bounds := [field |
	some field in ["minAvailable", "maxUnavailable"]
	input.spec[field] != null
]

amount := "neither" if {
	count(bounds) == 0
} else := "both"
