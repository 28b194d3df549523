# METADATA
# scope: package
# title: Service sends to a port name no container has
# description: A named targetPort that no selected Pod defines leaves the Service without endpoints for that port.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
# custom:
#   id: LT-REF-015
#   slug: service-port-mismatch
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: "", kinds: [Service]}
#   requires: [Pod, ReplicationController, apps/Deployment, apps/StatefulSet, apps/DaemonSet, apps/ReplicaSet, batch/Job, batch/CronJob]
#   profiles: [recommended]
#   remediation: Name the port in the container or correct targetPort.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.wiring.service_port_mismatch

import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.resource

deny contains finding.at(port, "targetPort", msg) if {
	count(input.spec.selector) > 0
	some port in input.spec.ports
	is_string(port.targetPort)
	not regex.match(`^[0-9]+$`, port.targetPort)
	query := {"matchLabels": input.spec.selector}
	index.finds("pods", resource.namespace, query)
	not port.targetPort in port_names(resource.namespace, json.marshal(query))
	msg := sprintf("targetPort %q of Service %q is the name of no container port", [port.targetPort, resource.name])
}

port_names(namespace, text) := {port.name |
	some group in index.selected_by_text("pods", namespace, text)
	some entry in group.members
	some c in serving(entry.spec)
	some port in c.ports
}

# A plain init container is gone when the Pod serves; a sidecar stays.
serving(spec) := array.concat(
	[c | some c in spec.containers],
	[c | some c in spec.initContainers; c.restartPolicy == "Always"],
)
