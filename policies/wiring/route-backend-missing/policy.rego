# METADATA
# scope: package
# title: Route backend or gateway does not exist
# description: Requests for the route end in an error because its Service, port, Gateway or grant is not there.
# related_resources:
# - ref: https://gateway-api.sigs.k8s.io/api-types/httproute/
# custom:
#   id: LT-REF-020
#   slug: route-backend-missing
#   aliases: [dangling-gateway-backend]
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: gateway.networking.k8s.io, kinds: [HTTPRoute, GRPCRoute, TLSRoute, TCPRoute, UDPRoute]}
#   - {group: traefik.io, kinds: [IngressRoute, IngressRouteTCP, IngressRouteUDP]}
#   - {group: networking.istio.io, kinds: [VirtualService]}
#   requires: [Service]
#   profiles: [recommended]
#   parameters:
#     externalServices: {type: array, items: {type: string}, default: []}
#   remediation: Name an existing Service and port, an existing Gateway, and add a ReferenceGrant across namespaces.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.wiring.route_backend_missing

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource
import data.lintel.lib.world

deny contains finding.reference(backend.node, backend.field, msg, verdict) if {
	some backend in backends
	not found(backend)
	not backend.name in data.parameters["LT-REF-020"].externalServices
	verdict := world.missing(backend.namespace, "", "Service", backend.name)
	msg := sprintf("%s %q sends to Service %s/%s, which does not exist", [input.kind, resource.name, backend.namespace, backend.name])
}

deny contains finding.at(backend.node, backend.port_field, msg) if {
	some backend in backends
	service := bundle.services[backend.namespace][backend.name]
	not service.spec.type == "ExternalName"
	ports := {value | some entry in service.spec.ports; some value in [entry.port, object.get(entry, "name", "")]}
	not backend.port in ports
	msg := sprintf("%s %q sends to port %v of Service %s/%s, which does not have it", [input.kind, resource.name, backend.port, backend.namespace, backend.name])
}

deny contains finding.at(backend.node, "namespace", msg) if {
	resource.group == "gateway.networking.k8s.io"
	some backend in backends
	backend.namespace != resource.namespace
	found(backend)
	not granted(backend)
	msg := sprintf("no ReferenceGrant lets %s %q send to Service %s/%s", [input.kind, resource.name, backend.namespace, backend.name])
}

deny contains finding.reference(parent, "name", msg, verdict) if {
	some parent in input.spec.parentRefs
	object.get(parent, "kind", "Gateway") == "Gateway"
	count(gateways) > 0
	key := sprintf("%s/%s", [object.get(parent, "namespace", resource.namespace), parent.name])
	not gateways[key]
	verdict := world.missing(object.get(parent, "namespace", resource.namespace), "gateway.networking.k8s.io", "Gateway", parent.name)
	msg := sprintf("%s %q belongs to Gateway %s, which does not exist", [input.kind, resource.name, key])
}

deny contains finding.at(parent, "sectionName", msg) if {
	some parent in input.spec.parentRefs
	gateway := gateways[sprintf("%s/%s", [object.get(parent, "namespace", resource.namespace), parent.name])]
	parent.sectionName != ""
	not parent.sectionName in {listener.name | some listener in gateway.spec.listeners}
	msg := sprintf("%s %q belongs to listener %q, which Gateway %q does not have", [input.kind, resource.name, parent.sectionName, parent.name])
}

found(backend) if bundle.services[backend.namespace][backend.name]

backends := array.concat(array.concat(of_gateway, of_traefik), of_istio)

of_gateway := [backend |
	some rule in input.spec.rules
	some ref in rule.backendRefs
	object.get(ref, "kind", "Service") == "Service"
	object.get(ref, "group", "") == ""
	backend := {
		"node": ref, "field": "name", "name": ref.name,
		"namespace": object.get(ref, "namespace", resource.namespace),
		"port": object.get(ref, "port", 0), "port_field": "port",
	}
]

of_traefik := [backend |
	resource.group == "traefik.io"
	some route in input.spec.routes
	some ref in route.services
	object.get(ref, "kind", "Service") == "Service"
	backend := {
		"node": ref, "field": "name", "name": ref.name,
		"namespace": object.get(ref, "namespace", resource.namespace),
		"port": object.get(ref, "port", 0), "port_field": "port",
	}
]

of_istio := [backend |
	input.kind == "VirtualService"
	some protocol in ["http", "tcp", "tls"]
	some rule in input.spec[protocol]
	some target in rule.route
	destination := target.destination
	parts := split(trim_suffix(destination.host, ".cluster.local"), ".")
	in_mesh(parts)
	backend := {
		"node": destination, "field": "host", "name": parts[0],
		"namespace": array.concat(array.slice(parts, 1, 2), [resource.namespace])[0],
		"port": port_of(destination, parts), "port_field": "port.number",
	}
]

# "web", "web.shop" and "web.shop.svc" name Services; other hosts are outside the mesh.
in_mesh(parts) if count(parts) == 1

in_mesh(parts) if {
	count(parts) == 2
	data.inventory.namespace[parts[1]]
}

in_mesh(parts) if parts[2] == "svc"

# A destination without port goes to the only port of the Service.
port_of(destination, _) := destination.port.number if {
	destination.port.number
} else := object.get(bundle.services, [array.concat(array.slice(parts, 1, 2), [resource.namespace])[0], parts[0], "spec", "ports", 0, "port"], 0) if {
	parts := split(trim_suffix(destination.host, ".cluster.local"), ".")
}

gateways[sprintf("%s/%s", [namespace, name])] := gateway if {
	some namespace, versions in data.inventory.namespace
	some name, gateway in versions["gateway.networking.k8s.io/v1"].Gateway
}

granted(backend) if {
	some grant in inventory.namespaced(backend.namespace, "gateway.networking.k8s.io", "ReferenceGrant")
	some source in grant.spec.from
	source.kind == input.kind
	source.namespace == resource.namespace
	some target in grant.spec.to
	target.kind == "Service"
	object.get(target, "name", backend.name) == backend.name
}
