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
#   category: reliability
#   tags: [pdb, hpa]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: policy, kinds: [PodDisruptionBudget]}
#   requires: [autoscaling/HorizontalPodAutoscaler]
#   kubernetes: {min: "1.0", max: ""}
#   operations: [CREATE, UPDATE]
#   parameters: {}
#   remediation: "Keep minAvailable below minReplicas, or use maxUnavailable."
#   effort: low
#   compliance: {}
package lintel.reliability.pdb_vs_hpa

import data.lintel.lib.autoscaling
import data.lintel.lib.budget
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.minAvailable", msg) if {
	some workload in budget.covered(input, resource.namespace)
	some scaler in autoscaling.scalers_in(resource.namespace)
	autoscaling.scales(scaler, workload.kind, workload.metadata.name)
	least := autoscaling.least_replicas(scaler)
	least > 0
	budget.share(input.spec.minAvailable, least) >= least
	msg := sprintf("PodDisruptionBudget %q wants %v Pods of %s %q available, but %s %q may go down to %v", [resource.name, input.spec.minAvailable, workload.kind, workload.metadata.name, scaler.kind, scaler.metadata.name, least])
}
