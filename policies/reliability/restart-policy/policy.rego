# METADATA
# scope: package
# title: Restart policy does not fit the workload
# description: "A Job with OnFailure loses the log of the failed try; a Deployment allows Always only, and a bare Pod with Never stays dead."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/
# custom:
#   id: LT-REL-022
#   slug: restart-policy
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Set restartPolicy to Never for Jobs and Always for services.
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.reliability.restart_policy

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(resource.pod_spec, "restartPolicy", msg), [{"op": "add", "path": "/restartPolicy", "value": "Never", "unsafe": true}]) if {
	input.kind in {"Job", "CronJob"}
	not policy in {"Never", "OnFailure"}
	msg := sprintf("%s %q needs restartPolicy Never or OnFailure, not %v", [input.kind, resource.name, policy])
}

deny contains finding.fixed(finding.at(resource.pod_spec, "restartPolicy", msg), [{"op": "replace", "path": "/restartPolicy", "value": "Always"}]) if {
	input.kind in {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"}
	policy != "Always"
	msg := sprintf("%s %q allows only restartPolicy Always, not %v", [input.kind, resource.name, policy])
}

policy := resource.pod_spec.restartPolicy if {
	resource.pod_spec.restartPolicy != null
} else := "Always"
