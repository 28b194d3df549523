# METADATA
# scope: package
# title: Ingress answers for any or a wildcard host
# description: A rule without a host, or with a wildcard, catches traffic meant for other teams.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#hostname-wildcards
# custom:
#   id: LT-NET-013
#   slug: ingress-wildcard-host
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   - {group: extensions, kinds: [Ingress]}
#   profiles: []
#   parameters:
#     allowedHosts: {type: array, items: {type: string}, default: []}
#   remediation: Name the host of every rule.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1190"]
#     soc2-2017: ["CC6.6"]
package lintel.network.ingress_wildcard_host

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(rule, "host", msg) if {
	some rule in input.spec.rules
	is_object(rule)
	not names_host(rule)
	msg := sprintf("a rule of Ingress %q names no host", [resource.name])
}

deny contains finding.at(rule, "host", msg) if {
	some rule in input.spec.rules
	startswith(rule.host, "*")
	not rule.host in data.parameters["LT-NET-013"].allowedHosts
	msg := sprintf("Ingress %q claims the wildcard host %q", [resource.name, rule.host])
}

names_host(rule) if {
	is_string(rule.host)
	rule.host != ""
}
