# METADATA
# scope: package
# title: Disruption budget never allows an eviction
# description: A budget that leaves no room stops node drains and cluster upgrades; two budgets for one Pod make the eviction API fail.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: LT-REL-007
#   slug: pdb-blocks-eviction
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pdb]
#   profiles: [recommended, all]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - {group: policy, kinds: [PodDisruptionBudget]}
#   requires: []
#   parameters: {}
#   remediation: "Leave room for one Pod: maxUnavailable of at least 1, or minAvailable below the number of replicas."
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     soc2-2017: ["A1.2", "CC7.1"]
package lintel.reliability.pdb_blocks_eviction

import data.lintel.lib.budget
import data.lintel.lib.finding
import data.lintel.lib.partners
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, "spec.maxUnavailable", msg), [{"op": "replace", "path": "/spec/maxUnavailable", "value": 1, "unsafe": true}]) if {
	allows_none
	msg := sprintf("PodDisruptionBudget %q never allows an eviction (maxUnavailable: %v)", [resource.name, input.spec.maxUnavailable])
}

deny contains finding.fixed(finding.at(input, "spec.minAvailable", msg), one_unavailable) if {
	budget.percentage(input.spec.minAvailable) >= 100
	msg := sprintf("PodDisruptionBudget %q never allows an eviction (minAvailable: %v)", [resource.name, input.spec.minAvailable])
}

deny contains finding.fixed(finding.at(input, "spec.minAvailable", msg), one_unavailable) if {
	needed := budget.share(input.spec.minAvailable, total)
	total > 0
	needed >= total
	not whole
	msg := sprintf("PodDisruptionBudget %q keeps %v of %d replicas available and so never allows an eviction", [resource.name, input.spec.minAvailable, total])
}

deny contains finding.at(input, "spec.selector", msg) if {
	contested := budget.contested(resource.namespace, text)
	others := partners.without(contested.budgets, sprintf("%q", [resource.name]))
	msg := sprintf("PodDisruptionBudgets %q and %s cover the same Pods (%s), so these cannot be evicted", [resource.name, others, partners.all(contested.workloads)])
}

allows_none if input.spec.maxUnavailable == 0

allows_none if budget.percentage(input.spec.maxUnavailable) == 0

whole if budget.percentage(input.spec.minAvailable) >= 100

text := budget.selector_text(input)

total := budget.total_replicas(resource.namespace, text)

one_unavailable := [
	{"op": "remove", "path": "/spec/minAvailable", "unsafe": true},
	{"op": "add", "path": "/spec/maxUnavailable", "value": 1, "unsafe": true},
]
