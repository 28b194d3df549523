# METADATA
# scope: package
# title: NetworkPolicy rule is open to everything
# description: A rule without peers and ports, or for 0.0.0.0/0 on all ports, lets everything through; policies add up, so it voids the others.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: LT-NET-010
#   slug: network-policy-broad
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: networking.k8s.io, kinds: [NetworkPolicy]}
#   profiles: [recommended]
#   parameters:
#     directions: {type: array, items: {type: string, enum: [ingress, egress]}, default: [ingress, egress]}
#   remediation: Name peers and ports in the rule.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.3.2"]
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1046"]
#     soc2-2017: ["CC6.6"]
package lintel.network.network_policy_broad

import data.lintel.lib.finding
import data.lintel.lib.netpol
import data.lintel.lib.resource

deny contains finding.on(rule, msg) if {
	some direction in data.parameters["LT-NET-010"].directions
	some rule in input.spec[direction]
	netpol.unrestricted(rule, peers[direction])
	msg := sprintf("an %s rule of NetworkPolicy %q allows everything", [direction, resource.name])
}

peers := {"ingress": "from", "egress": "to"}
