# METADATA
# scope: package
# title: Two autoscalers scale one workload
# description: "Each undoes what the other decided, and the number of replicas swings."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/
# custom:
#   id: LT-REL-019
#   slug: hpa-duplicate
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   category: reliability
#   tags: [hpa]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: autoscaling, kinds: [HorizontalPodAutoscaler]}
#   - {group: keda.sh, kinds: [ScaledObject]}
#   requires: []
#   kubernetes: {min: "1.0", max: ""}
#   operations: [CREATE, UPDATE]
#   parameters: {}
#   remediation: Keep one autoscaler and give it all metrics.
#   effort: low
#   compliance: {}
package lintel.reliability.hpa_duplicate

import data.lintel.lib.autoscaling
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.scaleTargetRef", msg) if {
	target := input.spec.scaleTargetRef
	some other in autoscaling.scalers_in(resource.namespace)
	not same(other)
	autoscaling.scales(other, object.get(target, "kind", "Deployment"), target.name)
	msg := sprintf("%s %q and %s %q both scale %s %q", [input.kind, resource.name, other.kind, other.metadata.name, object.get(target, "kind", "Deployment"), target.name])
}

same(other) if {
	other.kind == input.kind
	other.metadata.name == resource.name
}
