# METADATA
# scope: package
# title: Topology spread is missing or selects no Pod
# description: Spread constraints keep replicas in different zones and on different nodes; one that selects other labels does nothing.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
# custom:
#   id: LT-REL-005
#   slug: topology-spread
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [workload]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [ReplicationController]}
#   - {group: apps, kinds: [Deployment, StatefulSet, ReplicaSet]}
#   - {group: extensions, kinds: [Deployment, ReplicaSet]}
#   requires: []
#   parameters: {}
#   remediation: Add a topologySpreadConstraints entry whose labelSelector matches the labels of the Pod template.
#   fix: {rule: deny}
#   effort: medium
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.reliability.topology_spread

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.selector

deny contains finding.fixed(finding.at(resource.pod_spec, "topologySpreadConstraints", msg), [{"op": "add", "path": "/topologySpreadConstraints/-", "value": constraint, "unsafe": true} |
	count(resource.pod_labels) > 0
	constraint := {
		"maxSkew": 1,
		"topologyKey": "kubernetes.io/hostname",
		"whenUnsatisfiable": "ScheduleAnyway",
		"labelSelector": {"matchLabels": resource.pod_labels},
	}
]) if {
	resource.is_workload
	count(constraints) == 0
	msg := sprintf("%s %q has no topologySpreadConstraints", [input.kind, resource.name])
}

deny contains finding.fixed(finding.at(constraint, "labelSelector", msg), [{"op": "add", "path": "/labelSelector", "value": {"matchLabels": resource.pod_labels}, "unsafe": true} |
	count(resource.pod_labels) > 0
]) if {
	some constraint in constraints
	not selects(constraint)
	msg := sprintf("the spread constraint for %v does not select the Pods of %s %q (labelSelector)", [object.get(constraint, "topologyKey", "no key"), input.kind, resource.name])
}

constraints := [constraint |
	some constraint in resource.pod_spec.topologySpreadConstraints
	is_object(constraint)
]

selects(constraint) if selector.matches(constraint.labelSelector, resource.pod_labels)
