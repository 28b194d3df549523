# METADATA
# scope: package
# title: Update strategy is not rolling
# description: Recreate stops all Pods before the new ones start; OnDelete updates nothing until somebody deletes Pods.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   id: LT-REL-009
#   slug: rolling-update
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [workload]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: apps, kinds: [Deployment, StatefulSet, DaemonSet]}
#   - {group: extensions, kinds: [Deployment, DaemonSet]}
#   requires: []
#   parameters:
#     allowRecreateForSingleReplica: {type: boolean, default: false, description: "Accept Recreate for Deployments of one replica, which often hold a volume that only one Pod can mount."}
#   remediation: Use RollingUpdate.
#   fix: {op: replace, path: spec/strategy/type, value: RollingUpdate, unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.reliability.rolling_update

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, field, msg) if {
	some block in ["strategy", "updateStrategy"]
	type := input.spec[block].type
	type in {"Recreate", "OnDelete"}
	not tolerated
	field := sprintf("spec.%s.type", [block])
	msg := sprintf("%s %q is updated by %s, not by a rolling update (%s)", [input.kind, resource.name, type, field])
}

tolerated if {
	data.parameters["LT-REL-009"].allowRecreateForSingleReplica == true
	input.kind == "Deployment"
	resource.replicas <= 1
}
