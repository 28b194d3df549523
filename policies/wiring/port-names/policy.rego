# METADATA
# scope: package
# title: Port name is invalid, missing or used twice
# description: Port names that break the rules are refused by the API server; a name used twice makes a named targetPort ambiguous.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
# custom:
#   id: LT-REF-005
#   slug: port-names
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [best-practice]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   - {group: "", kinds: [Service]}
#   profiles: [recommended]
#   remediation: Use unique names of at most 15 lower-case letters, digits and hyphens with a letter in them.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.port_names

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(port, "name", msg) if {
	some c in resource.containers
	some port in c.ports

	# An empty name is none.
	port.name != ""
	not valid_port_name(port.name)
	msg := sprintf("port name %q of %s is no valid port name", [port.name, resource.describe(c)])
}

deny contains finding.at(port, "name", msg) if {
	some c in resource.containers
	some index in repeated(c.ports)
	port := c.ports[index]
	port.name != ""
	msg := sprintf("port name %q of %s is used twice", [port.name, resource.describe(c)])
}

deny contains finding.at(c, sprintf("ports[%d].name", [index]), msg) if {
	some position, c in resource.lasting_containers
	some index, port in c.ports
	port.name != ""
	first_position[port.name] < position
	msg := sprintf("port name %q of %s is also used by another container of the Pod", [port.name, resource.describe(c)])
}

deny contains finding.at(port, "targetPort", msg) if {
	input.kind == "Service"
	some port in input.spec.ports
	is_string(port.targetPort)
	not regex.match(`^[0-9]+$`, port.targetPort)
	not valid_port_name(port.targetPort)
	msg := sprintf("targetPort %q of Service %q is no valid port name", [port.targetPort, resource.name])
}

deny contains finding.on(port, msg) if {
	input.kind == "Service"
	count(input.spec.ports) > 1
	some port in input.spec.ports
	is_object(port)
	not names_itself(port)
	msg := sprintf("a port of Service %q has no name, although there are several", [resource.name])
}

deny contains finding.at(port, "name", msg) if {
	input.kind == "Service"
	some index in repeated(input.spec.ports)
	port := input.spec.ports[index]
	msg := sprintf("port name %q of Service %q is used twice", [port.name, resource.name])
}

deny contains finding.at(port, "name", msg) if {
	input.kind == "Service"
	some port in input.spec.ports
	port.name != ""
	not valid_label(port.name)
	msg := sprintf("port name %q of Service %q is no valid name", [port.name, resource.name])
}

names_itself(port) if port.name != ""

# repeated has the indexes of the ports whose name an earlier one has.
repeated(ports) := {pair[1] |
	pairs := sort([[port.name, index] | some index, port in ports])
	some place, pair in pairs
	place > 0
	pairs[place - 1][0] == pair[0]
}

positions[port.name] contains position if {
	some position, c in resource.lasting_containers
	some port in c.ports
}

# first_position names the first container that has a port of a name.
first_position[name] := min(found) if some name, found in positions

# IANA service names (RFC 6335), as the API server checks container ports.
valid_port_name(name) if {
	regex.match(`^[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$`, name)
	regex.match(`[a-z]`, name)
	not contains(name, "--")
}

valid_label(name) if regex.match(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`, name)
