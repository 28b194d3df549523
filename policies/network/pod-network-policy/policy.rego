# METADATA
# scope: package
# title: Pod accepts traffic from everywhere
# description: A Pod that no NetworkPolicy selects for ingress can be reached from every Pod of the cluster.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
# custom:
#   id: LT-NET-002
#   slug: pod-network-policy
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: exact
#   scope: bundle
#   targets:
#   - workloads
#   requires: [networking.k8s.io/NetworkPolicy]
#   profiles: [recommended]
#   parameters:
#     exemptNamespaces: {type: array, items: {type: string}, default: [kube-system]}
#   remediation: Add a NetworkPolicy that selects the Pods and names who may connect.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.3.2"]
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1046", "T1613"]
#     soc2-2017: ["CC6.6"]
package lintel.network.pod_network_policy

import data.lintel.lib.finding
import data.lintel.lib.netpol
import data.lintel.lib.resource

deny contains finding.at(resource.template, "metadata.labels", msg) if {
	not resource.pod_spec.hostNetwork == true
	not resource.namespace in data.parameters["LT-NET-002"].exemptNamespaces
	netpol.in_use(resource.namespace)
	not netpol.isolated(resource.namespace, json.marshal(resource.pod_labels), "Ingress")
	not netpol.covered_elsewhere(resource.namespace, resource.pod_labels, "Ingress")
	msg := sprintf("no NetworkPolicy of namespace %q limits ingress to the Pods of %s %q", [resource.namespace, input.kind, resource.name])
}
