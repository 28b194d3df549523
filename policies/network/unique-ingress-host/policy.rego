# METADATA
# scope: package
# title: Two Ingresses claim one host and path
# description: Which Ingress wins is up to the controller; the other team's traffic goes to the wrong backend.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/
# custom:
#   id: LT-NET-018
#   slug: unique-ingress-host
#   aliases: [ingress-conflict]
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [network]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   requires: [networking.k8s.io/Ingress]
#   profiles: [recommended]
#   remediation: Give each host and path to one Ingress.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2"]
#     soc2-2017: ["CC6.6", "A1.2"]
package lintel.network.unique_ingress_host

import data.lintel.lib.finding
import data.lintel.lib.ingress
import data.lintel.lib.partners
import data.lintel.lib.resource

deny contains finding.at(entry, "path", msg) if {
	own := sprintf("%s/%s", [resource.namespace, resource.name])
	some rule in input.spec.rules
	some entry in rule.http.paths
	others := partners.without(shared[claim(input, rule, entry)], own)
	msg := sprintf("path %q of host %q is also claimed by Ingress %s", [path_of(entry), host_of(rule), others])
}

shared[key] := partners.of(names) if some key, names in claims

claims[key] contains sprintf("%s/%s", [namespace, other.metadata.name]) if {
	some namespace, versions in data.inventory.namespace
	some other in versions["networking.k8s.io/v1"].Ingress
	some rule in other.spec.rules
	some entry in rule.http.paths
	key := claim(other, rule, entry)
}

claim(owner, rule, entry) := [ingress.class_of(owner), host_of(rule), path_of(entry), object.get(entry, "pathType", "")]

host_of(rule) := object.get(rule, "host", "*")

path_of(entry) := object.get(entry, "path", "/")
