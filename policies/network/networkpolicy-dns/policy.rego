# METADATA
# scope: package
# title: Egress is denied without an allowance for DNS
# description: Pods that may not reach port 53 over UDP and TCP cannot resolve any name; such a policy is switched off again in the first outage.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: LT-NET-016
#   slug: networkpolicy-dns
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: heuristic
#   scope: bundle
#   targets:
#   - {group: networking.k8s.io, kinds: [NetworkPolicy]}
#   requires: [networking.k8s.io/NetworkPolicy]
#   profiles: [recommended]
#   remediation: Add an egress rule for port 53 over UDP and TCP.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2"]
#     soc2-2017: ["A1.2"]
package lintel.network.networkpolicy_dns

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.netpol
import data.lintel.lib.resource

deny contains finding.at(input, "spec", msg) if {
	"Egress" in netpol.directions(input)
	missing := {"UDP", "TCP"} - (for_pods(index.pod_selector(input)) | for_pods({}))
	count(missing) > 0
	msg := sprintf("NetworkPolicy %q limits egress, but no policy for the same Pods allows DNS (port 53 over %s)", [resource.name, concat(" and ", missing)])
}

# Rules of every policy for the same Pods, or for all Pods, add up.
for_pods(query) := object.get(allowed, [resource.namespace, json.marshal(query)], set())

# allowed holds the protocols over which DNS is allowed, by namespace and Pod selector.
allowed[namespace][json.marshal(index.pod_selector(policy))] contains protocol if {
	some namespace, policies in bundle.network_policies
	some policy in policies
	some rule in policy.spec.egress
	is_object(rule)
	some protocol in protocols(rule)
}

protocols(rule) := {protocol | some port in rule.ports; reaches_dns(port); protocol := object.get(port, "protocol", "TCP")} if {
	netpol.listed(rule, "ports")
} else := {"UDP", "TCP"}

reaches_dns(port) if not has_port(port)

reaches_dns(port) if port.port == 53

reaches_dns(port) if {
	is_string(port.port)
	contains(port.port, "dns")
}

reaches_dns(port) if {
	is_number(port.port)
	port.port <= 53
	port.endPort >= 53
}

has_port(port) if port.port
