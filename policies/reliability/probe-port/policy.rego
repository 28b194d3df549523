# METADATA
# scope: package
# title: Probe asks a port that is not declared
# description: A probe of a named port that the container does not declare always fails; a number that is not declared is often a typing error.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: LT-REL-012
#   slug: probe-port
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod, probe]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - lasting-workloads
#   requires: []
#   parameters: {}
#   remediation: "Declare the port in ports, or correct the probe."
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.reliability.probe_port

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(c, field, msg), [{"op": "replace", "path": field, "value": known, "unsafe": true} | known := only_port(c, action)]) if {
	some c in resource.lasting_containers
	some probe in ["livenessProbe", "readinessProbe", "startupProbe"]
	handler := c[probe]
	some action in ["httpGet", "tcpSocket", "grpc"]
	port := handler[action].port
	not declared(c, port)
	judged(c, port)
	field := concat(".", [probe, action, "port"])
	msg := sprintf("%s is asked on port %v by its %s, but declares no such port", [resource.describe(c), port, probe])
}

declared(c, port) if {
	some entry in c.ports
	port in [entry.containerPort, object.get(entry, "name", null)]
}

# A text that is a number means the number.
declared(c, port) if {
	is_string(port)
	some entry in c.ports
	port == format_int(entry.containerPort, 10)
}

# Ports are informational: a number is only compared when the container declares some.
judged(_, port) if is_string(port)

judged(c, _) if count(c.ports) > 0

# only_port is the port of a container that declares one, by its name when it has one; probes of gRPC take numbers alone.
only_port(c, action) := c.ports[0].name if {
	count(c.ports) == 1
	action != "grpc"
	is_string(c.ports[0].name)
} else := c.ports[0].containerPort if {
	count(c.ports) == 1
}
