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
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: autoscaling, kinds: [HorizontalPodAutoscaler]}
#   - {group: autoscaling.k8s.io, kinds: [VerticalPodAutoscaler]}
#   - {group: keda.sh, kinds: [ScaledObject]}
#   requires: [autoscaling/HorizontalPodAutoscaler, autoscaling.k8s.io/VerticalPodAutoscaler, keda.sh/ScaledObject]
#   profiles: [recommended]
#   remediation: Keep one autoscaler for each workload.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.1"]
package lintel.wiring.hpa_duplicate

import data.lintel.lib.autoscalers
import data.lintel.lib.finding
import data.lintel.lib.partners
import data.lintel.lib.resource

deny contains finding.at(target, "name", msg) if {
	some target in [ref | some field in ["scaleTargetRef", "targetRef"]; ref := input.spec[field]]
	kind := autoscalers.kind_of(target)
	others := partners.without(known[sort_of(input)][resource.namespace][kind][target.name], title(input))
	msg := sprintf("%s %q and %s scale the same %s %q", [input.kind, resource.name, others, kind, target.name])
}

# A VPA that only recommends is harmless, and so is one that looks at other resources.
title(scaler) := sprintf("%s %q", [scaler.kind, scaler.metadata.name])

known := {sort: {namespace: {kind: {name: partners.of(titles) |
	some name, titles in names
} |
	some kind, names in kinds
} |
	some namespace, kinds in namespaces
} |
	some sort, namespaces in rivals
}

# rivals holds by the sort of an autoscaler those that fight with it over a target.
rivals[sort][namespace][kind][name] contains title(scaler) if {
	some namespace, kinds in autoscalers.targets
	some kind, names in kinds
	some name, scalers in names
	some scaler in scalers
	some sort in fights_with[sort_of(scaler)]
}

fights_with := {
	"by other metrics": ["by other metrics", "by resource"],
	"by resource": ["by other metrics", "by resource", "acting"],
	"acting": ["acting", "advising", "by resource"],
	"advising": ["acting", "advising"],
}

# sort_of tells apart what moves the number of Pods and what resizes them.
sort_of(scaler) := "acting" if {
	scaler.kind == "VerticalPodAutoscaler"
	acts(scaler)
} else := "advising" if {
	scaler.kind == "VerticalPodAutoscaler"
} else := "by resource" if {
	scales_by_resource(scaler)
} else := "by other metrics"

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
