# METADATA
# scope: package
# title: Pod has no egress allow-list
# description: A Pod that may connect anywhere can send data out and reach the cloud metadata service once it is taken over.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
# custom:
#   id: LT-NET-003
#   slug: pod-egress-policy
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
#   remediation: Add a NetworkPolicy of type Egress that names what the Pods may reach.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.3.2"]
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1046"]
#     soc2-2017: ["CC6.6"]
package lintel.network.pod_egress_policy

import data.lintel.lib.finding
import data.lintel.lib.netpol
import data.lintel.lib.resource

deny contains finding.at(resource.template, "metadata.labels", msg) if {
	in_scope
	netpol.in_use(resource.namespace)
	not netpol.isolated(resource.namespace, labels, "Egress")
	not netpol.covered_elsewhere(resource.namespace, resource.pod_labels, "Egress")
	msg := sprintf("no NetworkPolicy of namespace %q limits egress of the Pods of %s %q", [resource.namespace, input.kind, resource.name])
}

# Policies add up: one rule without limits makes every allow-list beside it void.
deny contains finding.at(resource.template, "metadata.labels", msg) if {
	in_scope
	names := netpol.open_egress(resource.namespace, labels)
	msg := sprintf("NetworkPolicy %s lets the Pods of %s %q connect anywhere", [names, input.kind, resource.name])
}

labels := json.marshal(resource.pod_labels)

in_scope if {
	not resource.pod_spec.hostNetwork == true
	not resource.namespace in data.parameters["LT-NET-003"].exemptNamespaces
}
