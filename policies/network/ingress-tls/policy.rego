# METADATA
# scope: package
# title: Ingress serves without TLS
# description: Without TLS anybody on the way reads and changes what users and the service exchange.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
# custom:
#   id: LT-NET-001
#   slug: ingress-tls
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   - {group: extensions, kinds: [Ingress]}
#   profiles: [recommended]
#   parameters:
#     requireAllowHttpFalse: {type: boolean, default: false}
#     requireSecretName: {type: boolean, default: false}
#     ingressClasses: {type: array, items: {type: string}, default: []}
#   remediation: Add spec.tls with the hosts and the Secret of their certificate.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-8"]
#     mitre-attack: ["T1190"]
#     soc2-2017: ["CC6.7"]
package lintel.network.ingress_tls

import data.lintel.lib.finding
import data.lintel.lib.ingress
import data.lintel.lib.resource

deny contains finding.at(input, "spec.tls", msg) if {
	in_scope
	not has_tls
	msg := sprintf("Ingress %q has no TLS section", [resource.name])
}

deny contains finding.at(entry, "secretName", msg) if {
	in_scope
	parameters.requireSecretName
	some entry in input.spec.tls
	is_object(entry)
	not names_secret(entry)
	msg := sprintf("a TLS entry of Ingress %q names no Secret", [resource.name])
}

deny contains finding.fixed(finding.at(input, `metadata.annotations["kubernetes.io/ingress.allow-http"]`, msg), [{"op": "add", "path": "/metadata/annotations/kubernetes.io~1ingress.allow-http", "value": "false", "unsafe": true}]) if {
	in_scope
	parameters.requireAllowHttpFalse
	not resource.annotations["kubernetes.io/ingress.allow-http"] == "false"
	msg := sprintf("Ingress %q does not set kubernetes.io/ingress.allow-http to \"false\"", [resource.name])
}

has_tls if count(input.spec.tls) > 0

names_secret(entry) if entry.secretName != ""

in_scope if count(parameters.ingressClasses) == 0

in_scope if ingress.class in parameters.ingressClasses

parameters := data.parameters["LT-NET-001"]
