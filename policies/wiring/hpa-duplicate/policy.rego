# METADATA
# scope: package
# title: Two autoscalers on one target
# description: They undo each other's decisions; a VPA and an HPA on the same resource chase each other.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   id: LT-REF-024
#   slug: hpa-duplicate
#   version: 1.0.0
#   status: stable
#   severity: medium
#   category: reliability
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: autoscaling, kinds: [HorizontalPodAutoscaler]}
#   - {group: autoscaling.k8s.io, kinds: [VerticalPodAutoscaler]}
#   - {group: keda.sh, kinds: [ScaledObject]}
#   requires: [autoscaling/HorizontalPodAutoscaler, autoscaling.k8s.io/VerticalPodAutoscaler, keda.sh/ScaledObject]
#   profiles: [recommended]
#   operations: [CREATE, UPDATE]
#   remediation: Keep one autoscaler for each workload.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.1"]
package lintel.wiring.hpa_duplicate

import data.lintel.lib.autoscalers
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(target, "name", msg) if {
	some target in [ref | some field in ["scaleTargetRef", "targetRef"]; ref := input.spec[field]]
	some other in autoscalers.targets[resource.namespace][autoscalers.kind_of(target)][target.name]
	[other.kind, other.metadata.name] != [input.kind, resource.name]
	fights(other)
	msg := sprintf("%s %q and %s %q scale the same %s %q", [input.kind, resource.name, other.kind, other.metadata.name, autoscalers.kind_of(target), target.name])
}

# A VPA that only recommends is harmless, and so is one that looks at other resources.
fights(other) if {
	input.kind != "VerticalPodAutoscaler"
	other.kind != "VerticalPodAutoscaler"
}

fights(other) if {
	input.kind == other.kind
	input.kind == "VerticalPodAutoscaler"
}

fights(other) if {
	input.kind == "VerticalPodAutoscaler"
	acts(input)
	scales_by_resource(other)
}

fights(other) if {
	other.kind == "VerticalPodAutoscaler"
	acts(other)
	scales_by_resource(input)
}

acts(vpa) if not object.get(vpa.spec, ["updatePolicy", "updateMode"], "Auto") in {"Off", "Initial"}

scales_by_resource(scaler) if {
	some metric in scaler.spec.metrics
	metric.resource.name in {"cpu", "memory"}
}

scales_by_resource(scaler) if scaler.spec.targetCPUUtilizationPercentage

scales_by_resource(scaler) if {
	some trigger in scaler.spec.triggers
	trigger.type in {"cpu", "memory"}
}
