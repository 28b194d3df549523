# METADATA
# scope: package
# title: Autoscaler may go down to too few replicas
# description: An autoscaler without minReplicas keeps a single replica in quiet hours.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/
# custom:
#   id: LT-REL-008
#   slug: hpa-min-replicas
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [hpa]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: autoscaling, kinds: [HorizontalPodAutoscaler]}
#   requires: []
#   parameters:
#     minReplicas: {type: integer, minimum: 1, default: 2, description: "Smallest number accepted."}
#   remediation: Set spec.minReplicas to 2 or more.
#   fix: {op: add, path: spec/minReplicas, value: 2, unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.1"]
package lintel.reliability.hpa_min_replicas

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.minReplicas", msg) if {
	least := data.parameters["LT-REL-008"].minReplicas
	kept < least
	msg := sprintf("HorizontalPodAutoscaler %q keeps only %v of at least %d replicas (spec.minReplicas)", [resource.name, kept, least])
}

kept := input.spec.minReplicas if {
	is_number(input.spec.minReplicas)
} else := 1
