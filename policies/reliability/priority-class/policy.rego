# METADATA
# scope: package
# title: Priority class is missing or not allowed
# description: "When nodes are full, priority decides who waits and who is removed; without it that is left to chance."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
# custom:
#   id: LT-REL-010
#   slug: priority-class
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowed: {type: array, items: {type: string}, default: [], description: "Classes accepted; an empty list accepts every class that is named."}
#   remediation: Set priorityClassName.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.1"]
package lintel.reliability.priority_class

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(resource.pod_spec, "priorityClassName", msg), first_allowed) if {
	resource.is_workload
	not named
	msg := sprintf("%s %q names no priorityClassName", [input.kind, resource.name])
}

deny contains finding.fixed(finding.at(resource.pod_spec, "priorityClassName", msg), first_allowed) if {
	named
	count(data.parameters["LT-REL-010"].allowed) > 0
	class := resource.pod_spec.priorityClassName
	not class in data.parameters["LT-REL-010"].allowed
	msg := sprintf("%s %q uses the priority class %q, which is not allowed", [input.kind, resource.name, class])
}

named if {
	is_string(resource.pod_spec.priorityClassName)
	resource.pod_spec.priorityClassName != ""
}

first_allowed := [{"op": "add", "path": "/priorityClassName", "value": name, "unsafe": true} |
	name := data.parameters["LT-REL-010"].allowed[0]
]
