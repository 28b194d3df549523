# METADATA
# scope: package
# title: Replicas may share one node
# description: "Without anti-affinity the scheduler may put all replicas on one node, and they fail with it."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/
# custom:
#   id: LT-REL-004
#   slug: anti-affinity
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [workload]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: apps, kinds: [Deployment, StatefulSet]}
#   - {group: extensions, kinds: [Deployment]}
#   requires: []
#   parameters:
#     minReplicas: {type: integer, minimum: 1, default: 2, description: "Judge workloads that keep at least so many replicas."}
#     topologyKeys: {type: array, items: {type: string}, default: [kubernetes.io/hostname], description: "Keys that count as spread."}
#   remediation: Add a podAntiAffinity term or a topology spread constraint for kubernetes.io/hostname that selects the Pods of the workload.
#   fix: {rule: deny}
#   effort: medium
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.reliability.anti_affinity

import data.lintel.lib.autoscaling
import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.selector

deny contains finding.fixed(finding.at(resource.pod_spec, "affinity.podAntiAffinity", msg), [{"op": "add", "path": "/topologySpreadConstraints/-", "value": constraint, "unsafe": true} |
	count(resource.pod_labels) > 0
	constraint := {
		"maxSkew": 1,
		"topologyKey": data.parameters["LT-REL-004"].topologyKeys[0],
		"whenUnsatisfiable": "ScheduleAnyway",
		"labelSelector": {"matchLabels": resource.pod_labels},
	}
]) if {
	autoscaling.lasting_replicas >= data.parameters["LT-REL-004"].minReplicas
	not spread
	msg := sprintf("nothing keeps the %d replicas of %s %q on different nodes (affinity.podAntiAffinity)", [autoscaling.lasting_replicas, input.kind, resource.name])
}

spread if {
	some term in resource.pod_spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution
	separates(term)
}

spread if {
	some term in resource.pod_spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution
	separates(term.podAffinityTerm)
}

spread if {
	some constraint in resource.pod_spec.topologySpreadConstraints
	separates(constraint)
}

separates(term) if {
	term.topologyKey in data.parameters["LT-REL-004"].topologyKeys
	selector.matches(term.labelSelector, resource.pod_labels)
}
