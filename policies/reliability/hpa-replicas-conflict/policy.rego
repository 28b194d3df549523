# METADATA
# scope: package
# title: Replicas are fixed although they are scaled
# description: "Every sync of the manifest sets the number back, and the autoscaler and GitOps fight over it."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/
# custom:
#   id: LT-REL-018
#   slug: hpa-replicas-conflict
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   category: gitops
#   tags: [workload, hpa]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: apps, kinds: [Deployment, StatefulSet]}
#   - {group: extensions, kinds: [Deployment]}
#   requires: []
#   kubernetes: {min: "1.0", max: ""}
#   operations: [CREATE, UPDATE]
#   parameters: {}
#   remediation: Remove spec.replicas from the workload.
#   effort: low
#   compliance: {}
package lintel.reliability.hpa_replicas_conflict

import data.lintel.lib.autoscaling
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.replicas", msg) if {
	is_number(input.spec.replicas)
	some scaler in autoscaling.scalers
	msg := sprintf("%s %q fixes %v replicas although %s %q scales it", [input.kind, resource.name, input.spec.replicas, scaler.kind, scaler.metadata.name])
}
