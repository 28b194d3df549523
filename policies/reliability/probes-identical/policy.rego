# METADATA
# scope: package
# title: Liveness and readiness probes are identical
# description: "When both ask the same, a slow dependency that should only stop traffic restarts the container as well."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: LT-REL-011
#   slug: probes-identical
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod, probe]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: object
#   targets:
#   - lasting-workloads
#   requires: []
#   parameters: {}
#   remediation: Let the liveness probe ask only whether the process itself still works.
#   effort: low
#   compliance: {}
package lintel.reliability.probes_identical

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, "livenessProbe", msg) if {
	some c in resource.lasting_containers
	is_object(c.livenessProbe)
	handler(c.livenessProbe) == handler(c.readinessProbe)
	msg := sprintf("%s has identical liveness and readiness probes", [resource.describe(c)])
}

handler(probe) := {kind: probe[kind] |
	some kind in ["exec", "grpc", "httpGet", "tcpSocket"]
	is_object(probe[kind])
}
