# METADATA
# scope: package
# title: ConfigMap or Secret does not exist
# description: A Pod that names a missing ConfigMap, Secret or key stays in CreateContainerConfigError.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/configmap/
# custom:
#   id: LT-REF-008
#   slug: missing-config-ref
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [reliability]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - workloads
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   - {group: extensions, kinds: [Ingress]}
#   requires: [ConfigMap, Secret]
#   profiles: []
#   parameters:
#     externalRefs: {type: array, items: {type: string}, default: []}
#   remediation: Add the object, correct the name or key, or list it in externalRefs.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.missing_config_ref

import data.lintel.lib.finding
import data.lintel.lib.references
import data.lintel.lib.resource

deny contains finding.at(place.node, place.field, msg) if {
	some place in references.all
	not known(place)
	msg := sprintf("%s %q is not in namespace %q", [place.kind, place.name, resource.namespace])
}

deny contains finding.at(place.node, place.key_field, msg) if {
	some place in references.all
	object := data.inventory.namespace[resource.namespace].v1[place.kind][place.name]
	not has_key(object, place)
	msg := sprintf("%s %q has no key %q", [place.kind, place.name, place.key])
}

known(place) if data.inventory.namespace[resource.namespace].v1[place.kind][place.name]

known(place) if place.name in data.parameters["LT-REF-008"].externalRefs

known(place) if {
	place.kind == "ConfigMap"
	place.name in {"kube-root-ca.crt", "openshift-service-ca.crt"}
}

known(place) if {
	place.kind == "Secret"
	place.name in references.generated_secrets[resource.namespace]
}

# A reference to the whole object has no key.
has_key(_, place) if not place.key

has_key(object, place) if {
	some field in ["data", "stringData", "binaryData"]
	some key, _ in object[field]
	key == place.key
}
