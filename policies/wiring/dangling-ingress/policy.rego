# METADATA
# scope: package
# title: Ingress backend does not exist
# description: Requests for the path end in an error because its Service, or the port of it, is not there.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-rules
# custom:
#   id: LT-REF-003
#   slug: dangling-ingress
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   - {group: extensions, kinds: [Ingress]}
#   requires: [Service]
#   profiles: [recommended]
#   parameters:
#     externalServices: {type: array, items: {type: string}, default: []}
#   remediation: Name a Service and port of the same namespace.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.wiring.dangling_ingress

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.world

deny contains finding.reference(backend.node, backend.name_field, msg, verdict) if {
	some backend in backends
	not bundle.services[resource.namespace][backend.name]
	not backend.name in data.parameters["LT-REF-003"].externalServices
	verdict := world.missing(resource.namespace, "", "Service", backend.name)
	msg := sprintf("Ingress %q sends to Service %q, which is not in namespace %q", [resource.name, backend.name, resource.namespace])
}

deny contains finding.at(backend.node, backend.port_field, msg) if {
	some backend in backends
	service := bundle.services[resource.namespace][backend.name]
	not service.spec.type == "ExternalName"
	not opens(service, backend.port)
	msg := sprintf("Ingress %q sends to port %v of Service %q, which does not have it", [resource.name, backend.port, backend.name])
}

backends := array.concat([backend | some holder in holders; backend := modern(holder)], [backend | some holder in holders; backend := legacy(holder)])

holders := array.concat(
	[holder | some field in ["defaultBackend", "backend"]; holder := input.spec[field]],
	[entry.backend | some rule in input.spec.rules; some entry in rule.http.paths],
)

modern(holder) := with_port(holder, "number") if {
	holder.service.port.number
} else := with_port(holder, "name") if {
	holder.service.port.name
} else := {"node": holder, "name": holder.service.name, "name_field": "service.name"}

with_port(holder, field) := {
	"node": holder,
	"name": holder.service.name,
	"name_field": "service.name",
	"port": holder.service.port[field],
	"port_field": concat(".", ["service.port", field]),
}

# The form of extensions/v1beta1 and networking.k8s.io/v1beta1.
legacy(holder) := {
	"node": holder,
	"name": holder.serviceName,
	"name_field": "serviceName",
	"port": holder.servicePort,
	"port_field": "servicePort",
}

opens(service, port) if {
	some entry in service.spec.ports
	port in {entry.port, entry.name}
}

opens(service, port) if {
	some entry in service.spec.ports
	port == entry.port
}
