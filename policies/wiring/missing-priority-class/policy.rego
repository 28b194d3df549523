# METADATA
# scope: package
# title: PriorityClass does not exist
# description: Pods with an unknown priority class are refused at admission.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
# custom:
#   id: LT-REF-011
#   slug: missing-priority-class
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - workloads
#   requires: [scheduling.k8s.io/PriorityClass]
#   profiles: []
#   parameters:
#     knownClasses: {type: array, items: {type: string}, default: [system-cluster-critical, system-node-critical]}
#   remediation: Add the PriorityClass or correct priorityClassName.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.1"]
package lintel.wiring.missing_priority_class

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "priorityClassName", msg) if {
	name := resource.pod_spec.priorityClassName
	is_string(name)
	name != ""
	not name in bundle.cluster_names("scheduling.k8s.io", "PriorityClass")
	not name in data.parameters["LT-REF-011"].knownClasses
	msg := sprintf("%s %q uses the unknown priority class %q", [input.kind, resource.name, name])
}
