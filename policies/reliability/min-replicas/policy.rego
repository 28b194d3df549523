# METADATA
# scope: package
# title: Workload has too few replicas
# description: "A single replica is down during every drain, crash and eviction."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   id: LT-REL-003
#   slug: min-replicas
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [workload]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: apps, kinds: [Deployment, StatefulSet]}
#   - {group: extensions, kinds: [Deployment]}
#   requires: []
#   parameters:
#     minReplicas: {type: integer, minimum: 1, default: 2, description: "Smallest number accepted."}
#     kinds: {type: array, items: {type: string, enum: [Deployment, StatefulSet]}, default: [Deployment], description: "Kinds judged."}
#   remediation: "Run at least two replicas, or let an autoscaler decide."
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     mitre-attack: ["T1499"]
#     soc2-2017: ["A1.2"]
package lintel.reliability.min_replicas

import data.lintel.lib.autoscaling
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, "spec.replicas", msg), [{"op": "add", "path": "/spec/replicas", "value": least, "unsafe": true}]) if {
	input.kind in data.parameters["LT-REL-003"].kinds
	least := data.parameters["LT-REL-003"].minReplicas
	resource.replicas < least
	count(autoscaling.scalers) == 0
	msg := sprintf("%s %q runs %d of at least %d replicas (spec.replicas)", [input.kind, resource.name, resource.replicas, least])
}
