# METADATA
# scope: package
# title: Ingress class or default backend is outside the policy
# description: The class decides which controller publishes the Ingress; a default backend catches every request no rule matches.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
# custom:
#   id: LT-NET-015
#   slug: ingress-class
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [network]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   - {group: extensions, kinds: [Ingress]}
#   profiles: []
#   parameters:
#     allowedClasses: {type: array, items: {type: string}, default: []}
#     allowDefaultBackend: {type: boolean, default: false}
#   remediation: Set spec.ingressClassName to an allowed class and drop spec.defaultBackend.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2"]
#     soc2-2017: ["CC6.6"]
package lintel.network.ingress_class

import data.lintel.lib.finding
import data.lintel.lib.ingress
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, "spec.ingressClassName", msg), [{"op": "add", "path": "/spec/ingressClassName", "value": parameters.allowedClasses[0], "unsafe": true}]) if {
	count(parameters.allowedClasses) > 0
	not ingress.class in parameters.allowedClasses
	msg := sprintf("class %q of Ingress %q is not allowed", [ingress.class, resource.name])
}

deny contains finding.fixed(finding.at(input.spec, field, msg), [{"op": "remove", "path": concat("", ["/", field]), "unsafe": true}]) if {
	not parameters.allowDefaultBackend
	some field in ["defaultBackend", "backend"]
	input.spec[field]
	msg := sprintf("Ingress %q sets a default backend", [resource.name])
}

parameters := data.parameters["LT-NET-015"]
