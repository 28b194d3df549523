# METADATA
# scope: package
# title: Container listens below port 1024
# description: Low ports need NET_BIND_SERVICE or root; a Service can map any port to a high one.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-039
#   slug: privileged-ports
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [hardening, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Let the program listen on a port from 1024 on.
#   effort: low
#   compliance: {}
package lintel.security.privileged_ports

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(port, "containerPort", msg) if {
	some c in resource.containers
	some port in c.ports
	port.containerPort > 0
	port.containerPort < 1024
	msg := sprintf("%s listens on port %v, below 1024 (containerPort)", [resource.describe(c), port.containerPort])
}
