# METADATA
# scope: package
# title: A person started a workload beside the control plane
# description: "Workloads in kube-system are spared by many policies, which makes it a good place to hide."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-013
#   slug: control-plane-workload
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [audit]
#   profiles: []
#   confidence: exact
#   scope: object
#   targets:
#   - {group: audit.k8s.io, kinds: [Event]}
#   requires: []
#   parameters:
#     allowedUsers: {type: array, items: {type: string}, default: [], description: "Users who may do this; a trailing * matches any ending."}
#   remediation: "Move the workload into a namespace of its own, or deploy it through the pipeline."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1610"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.control_plane_workload

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input.objectRef, "namespace", msg) if {
	input.objectRef.namespace == "kube-system"
	audit.resource in {"pods", "deployments", "daemonsets", "statefulsets", "replicasets", "jobs", "cronjobs"}
	input.verb == "create"
	audit.done
	audit.human
	not audit.listed(audit.name, data.parameters["LT-AUD-013"].allowedUsers)
	msg := sprintf("%s created %s", [audit.who, audit.target])
}
