# METADATA
# scope: package
# title: Container takes a port of its node
# description: "A host port answers on the address of the node, outside Services and most NetworkPolicies, and keeps a second copy off that node."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-016
#   slug: host-port
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod, pss-baseline]
#   profiles: [recommended, baseline, restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedRange: {type: object, properties: {min: {type: integer}, max: {type: integer}}, required: [min, max], default: {min: 0, max: 0}, description: "Host ports accepted; the default accepts none."}
#   remediation: Remove hostPort and publish the port through a Service.
#   fix: {op: remove, path: hostPort, unsafe: true}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.13"]
#     pss: ["baseline:hostPorts"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1133"]
#     soc2-2017: ["CC6.6"]
package lintel.security.host_port

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(port, "hostPort", msg) if {
	some c in resource.containers
	some port in c.ports
	forbidden(port.hostPort)
	msg := sprintf("%s takes port %v of its node (hostPort)", [resource.describe(c), port.hostPort])
}

# On the host network the API server copies containerPort to an empty hostPort.
deny contains finding.at(port, "containerPort", msg) if {
	resource.pod_spec.hostNetwork == true
	some c in resource.containers
	some port in c.ports
	object.get(port, "hostPort", 0) in {0, null}
	forbidden(port.containerPort)
	msg := sprintf("%s takes port %v of its node: with hostNetwork every containerPort is a host port", [resource.describe(c), port.containerPort])
}

forbidden(number) if {
	is_number(number)
	number != 0
	not allowed(number)
}

allowed(number) if {
	span := data.parameters["LT-POD-016"].allowedRange
	number >= span.min
	number <= span.max
}
