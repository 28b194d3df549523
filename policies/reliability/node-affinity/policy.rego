# METADATA
# scope: package
# title: Node affinity is missing
# description: In clusters of mixed hardware a workload without node affinity or selector may land on nodes it was not built for.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
# custom:
#   id: LT-REL-013
#   slug: node-affinity
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: info
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - lasting-workloads
#   requires: []
#   parameters: {}
#   remediation: "Add a nodeAffinity or nodeSelector, for example for kubernetes.io/arch."
#   effort: low
#   compliance: {}
package lintel.reliability.node_affinity

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "affinity.nodeAffinity", msg) if {
	resource.is_workload
	not placed
	msg := sprintf("%s %q says nothing about the nodes it needs (affinity.nodeAffinity)", [input.kind, resource.name])
}

placed if is_object(resource.pod_spec.affinity.nodeAffinity)

placed if count(selector_pairs) > 0

selector_pairs := [key | some key, _ in resource.pod_spec.nodeSelector]
