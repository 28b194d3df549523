# METADATA
# scope: package
# title: PodDisruptionBudget selects nothing or everything
# description: A budget without Pods protects nothing; an empty selector holds every Pod of the namespace.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: LT-REF-025
#   slug: pdb-dangling
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: policy, kinds: [PodDisruptionBudget]}
#   requires: [Pod, ReplicationController, apps/Deployment, apps/StatefulSet, apps/DaemonSet, apps/ReplicaSet, batch/Job, batch/CronJob]
#   profiles: [recommended]
#   remediation: Make spec.selector fit the labels of one workload.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.wiring.pdb_dangling

import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.resource
import data.lintel.lib.world

deny contains finding.reference(input, "spec.selector", msg, verdict) if {
	narrows
	not index.finds("pods", resource.namespace, world.settled_selector(input.spec.selector))
	verdict := world.unselected(resource.namespace, world.pairs(input.spec.selector))
	msg := sprintf("PodDisruptionBudget %q selects no Pod of namespace %q", [resource.name, resource.namespace])
}

deny contains finding.at(input, "spec.selector", msg) if {
	not narrows
	msg := sprintf("PodDisruptionBudget %q has an empty selector", [resource.name])
}

narrows if count(input.spec.selector.matchLabels) > 0

narrows if count(input.spec.selector.matchExpressions) > 0
