# METADATA
# scope: package
# title: NetworkPolicy peer selects no Pod
# description: A peer that fits no Pod of the namespace allows nobody; usually a label was renamed on one side only.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: LT-NET-017
#   slug: dangling-networkpolicy-peer
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [network]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: networking.k8s.io, kinds: [NetworkPolicy]}
#   requires: [Pod, ReplicationController, apps/Deployment, apps/StatefulSet, apps/DaemonSet, apps/ReplicaSet, batch/Job, batch/CronJob]
#   profiles: []
#   remediation: Make the peer's podSelector fit the labels of the other Pods.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2"]
#     soc2-2017: ["CC6.6"]
package lintel.network.dangling_networkpolicy_peer

import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.resource

deny contains finding.at(peer, "podSelector", msg) if {
	some field in [["ingress", "from"], ["egress", "to"]]
	some rule in input.spec[field[0]]
	some peer in rule[field[1]]
	is_object(peer.podSelector)
	not peer.namespaceSelector
	not index.finds("pods", resource.namespace, peer.podSelector)
	msg := sprintf("an %s peer of NetworkPolicy %q selects no Pod of namespace %q", [field[0], resource.name, resource.namespace])
}
