# METADATA
# scope: package
# title: Service claims external addresses
# description: Whoever may set externalIPs can take over traffic to any address, also inside the cluster (CVE-2020-8554).
# related_resources:
# - ref: https://github.com/kubernetes/kubernetes/issues/97076
# custom:
#   id: LT-NET-006
#   slug: service-external-ips
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [network]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Service]}
#   profiles: [recommended]
#   parameters:
#     allowedIPs: {type: array, items: {type: string}, default: []}
#   remediation: Remove externalIPs; use a load balancer or an Ingress.
#   fix: {op: remove, path: ., unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["1.2.3"]
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1133"]
#     soc2-2017: ["CC6.6"]
package lintel.network.service_external_ips

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, sprintf("spec.externalIPs[%d]", [index]), msg) if {
	some index, address in input.spec.externalIPs
	not address in data.parameters["LT-NET-006"].allowedIPs
	msg := sprintf("Service %q claims the external address %v", [resource.name, address])
}
