# METADATA
# scope: package
# title: Ingress host is not covered by TLS
# description: A host that no TLS entry lists is served with the controller's default certificate or in clear text.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
# custom:
#   id: LT-NET-012
#   slug: ingress-tls-host
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [network]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   - {group: extensions, kinds: [Ingress]}
#   profiles: [recommended]
#   remediation: Add the host to an entry of spec.tls.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-8"]
#     soc2-2017: ["CC6.7"]
package lintel.network.ingress_tls_host

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(rule, "host", msg) if {
	count(input.spec.tls) > 0
	not any_host
	some rule in input.spec.rules
	rule.host != ""
	not covered(rule)
	msg := sprintf("host %q of Ingress %q is in no TLS entry", [rule.host, resource.name])
}

# A TLS entry without hosts stands for every host.
any_host if {
	some entry in input.spec.tls
	is_object(entry)
	not lists_hosts(entry)
}

lists_hosts(entry) if count(entry.hosts) > 0

hosts contains host if {
	some entry in input.spec.tls
	some host in entry.hosts
}

covered(rule) if rule.host in hosts

# A wildcard covers exactly one label.
covered(rule) if {
	labels := split(rule.host, ".")
	concat(".", array.concat(["*"], array.slice(labels, 1, count(labels)))) in hosts
}
