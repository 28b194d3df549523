# METADATA
# scope: package
# title: Disruption budget covers no workload
# description: "A budget that selects nothing protects nothing, one with an empty selector covers every Pod of its namespace."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: LT-REL-028
#   slug: pdb-dangling
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   category: reliability
#   tags: [pdb]
#   profiles: [all]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - {group: policy, kinds: [PodDisruptionBudget]}
#   requires: []
#   kubernetes: {min: "1.0", max: ""}
#   operations: [CREATE, UPDATE]
#   parameters: {}
#   remediation: Correct spec.selector.
#   effort: low
#   compliance: {}
package lintel.reliability.pdb_dangling

import data.lintel.lib.budget
import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(input, "spec.selector", msg) if {
	not empty
	count([object | some object in inventory.controllers(resource.namespace); budget.covers(input, inventory.labels_of(object))]) == 0
	msg := sprintf("PodDisruptionBudget %q selects no Pod of namespace %q", [resource.name, resource.namespace])
}

deny contains finding.at(input, "spec.selector", msg) if {
	empty
	msg := sprintf("PodDisruptionBudget %q has an empty selector and covers every Pod of namespace %q", [resource.name, resource.namespace])
}

empty if count(object.get(input.spec, "selector", {})) == 0
