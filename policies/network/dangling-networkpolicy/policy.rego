# METADATA
# scope: package
# title: NetworkPolicy selects no Pod
# description: A policy whose selector fits nothing protects nothing, often because a label was renamed.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: LT-NET-008
#   slug: dangling-networkpolicy
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: networking.k8s.io, kinds: [NetworkPolicy]}
#   requires: [Pod, ReplicationController, apps/Deployment, apps/StatefulSet, apps/DaemonSet, apps/ReplicaSet, batch/Job, batch/CronJob]
#   profiles: [recommended]
#   remediation: Make spec.podSelector fit the labels of the Pod template.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.3.2"]
#     nsa-cisa-1.2: ["NET-2"]
#     soc2-2017: ["CC6.6"]
package lintel.network.dangling_networkpolicy

import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.resource
import data.lintel.lib.world

deny contains finding.reference(input, "spec.podSelector", msg, verdict) if {
	chosen := input.spec.podSelector
	narrows(chosen)
	not index.finds("pods", resource.namespace, world.settled_selector(chosen))
	verdict := world.unselected(resource.namespace, world.pairs(chosen))
	msg := sprintf("NetworkPolicy %q selects no Pod of namespace %q", [resource.name, resource.namespace])
}

# The empty selector is meant for all Pods, those to come too.
narrows(chosen) if count(chosen.matchLabels) > 0

narrows(chosen) if count(chosen.matchExpressions) > 0
