# METADATA
# scope: package
# title: Autoscaler target does not exist
# description: An autoscaler without its target scales nothing and only fills the events.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   id: LT-REF-004
#   slug: dangling-hpa
#   aliases: [hpa-target-missing]
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: autoscaling, kinds: [HorizontalPodAutoscaler]}
#   - {group: autoscaling.k8s.io, kinds: [VerticalPodAutoscaler]}
#   - {group: keda.sh, kinds: [ScaledObject]}
#   requires: [Pod, ReplicationController, apps/Deployment, apps/StatefulSet, apps/DaemonSet, apps/ReplicaSet, batch/Job, batch/CronJob]
#   profiles: [recommended]
#   parameters:
#     ignoredKinds: {type: array, items: {type: string}, default: []}
#   remediation: Name an existing workload of the same namespace, or remove the autoscaler.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.1"]
package lintel.wiring.dangling_hpa

import data.lintel.lib.autoscalers
import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource
import data.lintel.lib.world

deny contains finding.reference(target, "name", msg, verdict) if {
	some field in ["scaleTargetRef", "targetRef"]
	target := input.spec[field]
	kind := autoscalers.kind_of(target)
	not kind in data.parameters["LT-REF-004"].ignoredKinds
	not bundle.exists(resource.namespace, group_of(target), kind, target.name)
	verdict := judged(target, kind)
	msg := sprintf("%s %q targets %s %q, which is not in namespace %q", [input.kind, resource.name, kind, target.name, resource.namespace])
}

# A workload of that name and another kind is meant.
judged(target, kind) := {"sure": true, "hint": sprintf("; %s %q is", [others[0], target.name])} if {
	not world.declared(kind, resource.namespace, target.name)
	others := sort([other |
		some api_version, kinds in data.inventory.namespace[resource.namespace]
		some other in inventory.template_kinds[inventory.group_of(api_version)]
		other in {"Deployment", "StatefulSet", "ReplicaSet"}
		kinds[other][target.name]
	])
	count(others) > 0
} else := world.missing(resource.namespace, group_of(target), kind, target.name)

# KEDA leaves out the version of a Deployment.
group_of(target) := inventory.group_of(target.apiVersion) if {
	is_string(target.apiVersion)
} else := "apps"
