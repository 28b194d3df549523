# METADATA
# scope: package
# title: Replicas are fixed although an autoscaler sets them
# description: Every sync throws the workload back to the committed number, against the autoscaler.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
# custom:
#   id: LT-REF-023
#   slug: hpa-replicas-conflict
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: apps, kinds: [Deployment, StatefulSet]}
#   requires: [autoscaling/HorizontalPodAutoscaler, keda.sh/ScaledObject]
#   profiles: [recommended]
#   remediation: Remove spec.replicas, or ignore /spec/replicas in Argo CD.
#   fix: {op: remove, path: ., unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.1", "CC8.1"]
package lintel.wiring.hpa_replicas_conflict

import data.lintel.lib.argo
import data.lintel.lib.autoscalers
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.replicas", msg) if {
	is_number(input.spec.replicas)
	scalers := autoscalers.targets[resource.namespace][input.kind][resource.name]
	some scaler in scalers
	scaler.kind != "VerticalPodAutoscaler"
	not replicas_ignored
	msg := sprintf("%s %q fixes its replicas, which %s %q sets", [input.kind, resource.name, scaler.kind, scaler.metadata.name])
}

replicas_ignored if {
	some application in argo.applications
	some entry in application.spec.ignoreDifferences
	"/spec/replicas" in entry.jsonPointers
}
