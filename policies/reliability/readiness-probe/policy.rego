# METADATA
# scope: package
# title: Readiness probe is missing
# description: Without a readiness probe a Pod gets traffic before it can answer and during every rollout.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: LT-REL-002
#   slug: readiness-probe
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod, probe]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - lasting-workloads
#   requires: []
#   parameters:
#     onlyWhenServed: {type: boolean, default: true, description: "Leave out Pods that no Service of their namespace selects; without any Service in the input all are judged."}
#     requiredTypes: {type: array, items: {type: string, enum: [httpGet, tcpSocket, exec, grpc]}, default: [httpGet, tcpSocket, exec, grpc], description: "Handlers accepted."}
#     exemptImages: {type: array, items: {type: string}, default: [], description: "Images left alone; a trailing * matches any ending."}
#   remediation: "Add a readinessProbe that asks the program itself, not only its port."
#   effort: medium
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.reliability.readiness_probe

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.index
import data.lintel.lib.resource

deny contains finding.at(c, "readinessProbe", msg) if {
	judged
	not resource.is_hook
	some c in resource.regular_containers
	not probed(c)
	not exempt(c)
	msg := sprintf("%s has no readiness probe (readinessProbe)", [resource.describe(c)])
}

probed(c) if {
	some handler in data.parameters["LT-REL-002"].requiredTypes
	is_object(c.readinessProbe[handler])
}

exempt(c) if image.exempt(c, data.parameters["LT-REL-002"].exemptImages)

judged if data.parameters["LT-REL-002"].onlyWhenServed == false

# Without a Service in the input it is not known whether anything is sent to the Pod.
judged if count(index.covering("services", resource.namespace, resource.pod_labels)) > 0
