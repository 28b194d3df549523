# METADATA
# scope: package
# title: IngressClass does not exist
# description: An Ingress of an unknown class is served by no controller.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class
# custom:
#   id: LT-REF-013
#   slug: missing-ingress-class
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [network]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   requires: [networking.k8s.io/IngressClass]
#   profiles: []
#   parameters:
#     knownClasses: {type: array, items: {type: string}, default: []}
#   remediation: Add the IngressClass or correct ingressClassName.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.wiring.missing_ingress_class

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.ingressClassName", msg) if {
	name := input.spec.ingressClassName
	is_string(name)
	not name in bundle.cluster_names("networking.k8s.io", "IngressClass")
	not name in data.parameters["LT-REF-013"].knownClasses
	msg := sprintf("Ingress %q uses the unknown class %q", [resource.name, name])
}
