# METADATA
# scope: package
# title: SSH port is exposed
# description: "An SSH server in a container is a second way in, with keys and accounts of its own; kubectl exec goes through the API server."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-040
#   slug: ssh-port
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   - {group: "", kinds: [Service]}
#   requires: []
#   parameters: {}
#   remediation: Remove the SSH server and use kubectl exec or debug.
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.security.ssh_port

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(port, "containerPort", msg), [{"op": "remove", "path": "", "unsafe": true}]) if {
	some c in resource.containers
	some port in c.ports
	port.containerPort == 22
	object.get(port, "protocol", "TCP") == "TCP"
	msg := sprintf("%s exposes the SSH port 22 (containerPort)", [resource.describe(c)])
}

deny contains finding.fixed(finding.on(port, msg), [{"op": "remove", "path": "", "unsafe": true}]) if {
	input.kind == "Service"
	some port in input.spec.ports
	leads_to_ssh(port)
	msg := sprintf("Service %q exposes the SSH port 22", [resource.name])
}

leads_to_ssh(port) if port.port == 22

leads_to_ssh(port) if port.targetPort == 22
