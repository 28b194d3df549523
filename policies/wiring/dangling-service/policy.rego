# METADATA
# scope: package
# title: Service selects no Pod
# description: A Service without Pods answers nothing; usually a label was changed on one side only.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service
# custom:
#   id: LT-REF-002
#   slug: dangling-service
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: "", kinds: [Service]}
#   requires: [Pod, ReplicationController, apps/Deployment, apps/StatefulSet, apps/DaemonSet, apps/ReplicaSet, batch/Job, batch/CronJob]
#   profiles: [recommended]
#   parameters:
#     ignoreLabels: {type: array, items: {type: string}, default: []}
#     externalWorkloads: {type: array, items: {type: string}, default: []}
#   remediation: Make spec.selector fit the labels of the Pod template.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.wiring.dangling_service

import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.resource
import data.lintel.lib.world

deny contains finding.reference(input, "spec.selector", msg, verdict) if {
	not input.spec.type == "ExternalName"
	count(wanted) > 0
	not index.finds("pods", resource.namespace, {"matchLabels": wanted})
	not resource.name in parameters.externalWorkloads
	verdict := world.unselected(resource.namespace, wanted)
	msg := sprintf("Service %q selects no Pod of namespace %q", [resource.name, resource.namespace])
}

wanted := {key: value |
	some key, value in world.settled(input.spec.selector)
	not key in parameters.ignoreLabels
}

parameters := data.parameters["LT-REF-002"]
