# METADATA
# scope: package
# title: Autoscaler has no request to measure against
# description: Utilisation is a share of the request; without one the autoscaler cannot compute it and never scales.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details
# custom:
#   id: LT-REF-027
#   slug: hpa-without-requests
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: autoscaling, kinds: [HorizontalPodAutoscaler]}
#   requires: [ReplicationController, apps/Deployment, apps/StatefulSet, apps/ReplicaSet]
#   profiles: [recommended]
#   remediation: Set the request in every container of the target, or scale on an average value.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.1"]
package lintel.wiring.hpa_without_requests

import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(input, "spec.scaleTargetRef.name", msg) if {
	target := input.spec.scaleTargetRef
	some object in inventory.by_name(resource.namespace, inventory.group_of(target.apiVersion), target.kind)[target.name]
	some name in measured
	some c in object.spec.template.spec.containers
	not requests(c, name)
	not pod_requests(object.spec.template.spec, name)
	msg := sprintf("HorizontalPodAutoscaler %q measures %s, for which container %v of %s %q has no request", [resource.name, name, c.name, target.kind, target.name])
}

measured contains metric.resource.name if {
	some metric in input.spec.metrics
	metric.resource.target.type == "Utilization"
}

measured contains metric.resource.name if {
	some metric in input.spec.metrics
	metric.resource.targetAverageUtilization
}

measured contains "cpu" if input.spec.targetCPUUtilizationPercentage

# A limit alone becomes the request.
requests(c, name) if {
	some kind in ["requests", "limits"]
	c.resources[kind][name]
}

pod_requests(spec, name) if spec.resources.requests[name]
