# METADATA
# scope: package
# title: Namespace has no default-deny policy
# description: Without a default-deny policy every new Pod of the namespace is open until somebody writes a rule for it.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-traffic
# custom:
#   id: LT-NET-009
#   slug: namespace-default-deny
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: "", kinds: [Namespace]}
#   requires: [networking.k8s.io/NetworkPolicy]
#   profiles: [recommended]
#   parameters:
#     exemptNamespaces: {type: array, items: {type: string}, default: [default, kube-system, kube-public, kube-node-lease]}
#     requireEgress: {type: boolean, default: false}
#   remediation: Add a NetworkPolicy with an empty podSelector and no rules.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.3.2"]
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1046"]
#     soc2-2017: ["CC6.6"]
package lintel.network.namespace_default_deny

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.netpol
import data.lintel.lib.resource

deny contains finding.at(input, "metadata.name", msg) if {
	some direction in wanted
	not resource.name in parameters.exemptNamespaces
	not denied[resource.name][direction]
	msg := sprintf("namespace %q has no NetworkPolicy that denies %s by default", [resource.name, lower(direction)])
}

wanted contains "Ingress"

wanted contains "Egress" if parameters.requireEgress

denied[namespace][direction] := true if {
	some namespace, policies in bundle.network_policies
	some policy in policies
	some direction in netpol.directions(policy)
	empty(index.pod_selector(policy))
	not netpol.listed(policy.spec, lower(direction))
}

empty(chosen) if {
	not netpol.listed(chosen, "matchLabels")
	not netpol.listed(chosen, "matchExpressions")
}

parameters := data.parameters["LT-NET-009"]
