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
#   category: reliability
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: autoscaling, kinds: [HorizontalPodAutoscaler]}
#   - {group: autoscaling.k8s.io, kinds: [VerticalPodAutoscaler]}
#   - {group: keda.sh, kinds: [ScaledObject]}
#   requires: [Pod, ReplicationController, apps/Deployment, apps/StatefulSet, apps/DaemonSet, apps/ReplicaSet, batch/Job, batch/CronJob]
#   profiles: [recommended]
#   operations: [CREATE, UPDATE]
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

deny contains finding.at(target, "name", msg) if {
	some field in ["scaleTargetRef", "targetRef"]
	target := input.spec[field]
	kind := autoscalers.kind_of(target)
	not kind in data.parameters["LT-REF-004"].ignoredKinds
	not bundle.exists(resource.namespace, group_of(target), kind, target.name)
	msg := sprintf("%s %q targets %s %q, which is not in namespace %q", [input.kind, resource.name, kind, target.name, resource.namespace])
}

# KEDA leaves out the version of a Deployment.
group_of(target) := inventory.group_of(target.apiVersion) if {
	is_string(target.apiVersion)
} else := "apps"
