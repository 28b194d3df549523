# METADATA
# scope: package
# title: Workload may run on control-plane nodes
# description: "A workload on a control-plane node sits beside the API server and etcd, and can reach their files and ports."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
# custom:
#   id: LT-POD-046
#   slug: control-plane-scheduling
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: "Remove the toleration, node name or selector for control-plane nodes."
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-4"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.control_plane_scheduling

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(toleration, "key", msg), [{"op": "remove", "path": "", "unsafe": true}]) if {
	some toleration in resource.pod_spec.tolerations
	tolerated := tolerates(toleration)
	msg := sprintf("the Pod tolerates %s and may run on control-plane nodes (tolerations)", [tolerated])
}

deny contains finding.fixed(finding.at(resource.pod_spec, field, msg), [{"op": "remove", "path": field, "unsafe": true}]) if {
	some key, _ in resource.pod_spec.nodeSelector
	key in control_plane
	field := sprintf("nodeSelector[%q]", [key])
	msg := sprintf("the Pod asks for control-plane nodes (nodeSelector %s)", [key])
}

deny contains finding.fixed(finding.at(expression, "key", msg), [{"op": "remove", "path": "", "unsafe": true}]) if {
	some term in resource.pod_spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms
	some expression in term.matchExpressions
	expression.key in control_plane
	expression.operator in {"In", "Exists"}
	msg := sprintf("the Pod asks for control-plane nodes (nodeAffinity %s)", [expression.key])
}

tolerates(toleration) := toleration.key if {
	toleration.key in control_plane
} else := "every taint" if {
	toleration.operator == "Exists"
	object.get(toleration, "key", "") == ""
	object.get(toleration, "effect", "NoSchedule") in {"NoSchedule", ""}
}

control_plane := {"node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master"}
