# METADATA
# scope: package
# title: Disruption budget wants all the autoscaler keeps
# description: "When minAvailable is not below minReplicas of the autoscaler, nothing can be evicted in quiet hours."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: LT-REL-016
#   slug: pdb-vs-hpa
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pdb, hpa]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: policy, kinds: [PodDisruptionBudget]}
#   requires: [autoscaling/HorizontalPodAutoscaler]
#   parameters: {}
#   remediation: "Keep minAvailable below minReplicas, or use maxUnavailable."
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.reliability.pdb_vs_hpa

import data.lintel.lib.budget
import data.lintel.lib.finding
import data.lintel.lib.partners
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, "spec.minAvailable", msg), [
	{"op": "remove", "path": "/spec/minAvailable", "unsafe": true},
	{"op": "add", "path": "/spec/maxUnavailable", "value": 1, "unsafe": true},
]) if {
	count(blocked) > 0
	msg := sprintf("PodDisruptionBudget %q wants %v Pods available, but %s", [resource.name, input.spec.minAvailable, partners.all(blocked)])
}

blocked := blocked_by(resource.namespace, budget.selector_text(input), input.spec.minAvailable)

# blocked_by does not look at one budget: those that ask for the same have the same answer.
blocked_by(namespace, text, least) := [sprintf("%s %q may scale %s down to %v", [scaled.scaler.kind, scaled.scaler.metadata.name, scaled.workload, scaled.least]) |
	some scaled in budget.scaled_down(namespace, text)
	budget.share(least, scaled.least) >= scaled.least
]
