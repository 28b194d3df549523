# METADATA
# scope: package
# title: Autoscaler has no room to scale
# description: "With maxReplicas equal to minReplicas the autoscaler never scales, below it the object is refused."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/
# custom:
#   id: LT-REL-017
#   slug: hpa-range
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [hpa]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: autoscaling, kinds: [HorizontalPodAutoscaler]}
#   requires: []
#   parameters: {}
#   remediation: Set maxReplicas above minReplicas.
#   effort: low
#   compliance: {}
package lintel.reliability.hpa_range

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.maxReplicas", msg) if {
	least := object.get(input.spec, "minReplicas", 1)
	input.spec.maxReplicas <= least
	msg := sprintf("HorizontalPodAutoscaler %q cannot scale: maxReplicas %v, minReplicas %v", [resource.name, input.spec.maxReplicas, least])
}
