# METADATA
# scope: package
# title: Service opens a port on every node
# description: A NodePort is reachable on all nodes, past the Ingress with its TLS, authentication and limits.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
# custom:
#   id: LT-NET-004
#   slug: service-nodeport
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Service]}
#   profiles: [recommended]
#   parameters:
#     allowedNamespaces: {type: array, items: {type: string}, default: []}
#     includeLoadBalancers: {type: boolean, default: false}
#   remediation: Use type ClusterIP behind an Ingress or Gateway.
#   fix: {op: replace, path: spec/type, value: ClusterIP, unsafe: true}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1133", "T1190"]
#     soc2-2017: ["CC6.6"]
package lintel.network.service_nodeport

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.type", msg) if {
	opens_node_port
	not resource.namespace in parameters.allowedNamespaces
	msg := sprintf("Service %q of type %s opens ports on every node", [resource.name, input.spec.type])
}

opens_node_port if input.spec.type == "NodePort"

opens_node_port if {
	parameters.includeLoadBalancers
	input.spec.type == "LoadBalancer"
	not input.spec.allocateLoadBalancerNodePorts == false
}

parameters := data.parameters["LT-NET-004"]
