# METADATA
# scope: package
# title: No disruption budget covers the workload
# description: Without a PodDisruptionBudget a drain of several nodes may take all replicas away at once.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: LT-REL-006
#   slug: pdb-missing
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
#   requires: [policy/PodDisruptionBudget]
#   parameters:
#     minReplicas: {type: integer, minimum: 1, default: 2, description: "Judge workloads that keep at least so many replicas."}
#   remediation: Add a PodDisruptionBudget whose selector matches the labels of the Pod template.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.reliability.pdb_missing

import data.lintel.lib.autoscaling
import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.resource

deny contains finding.at(input, "spec.replicas", msg) if {
	autoscaling.lasting_replicas >= data.parameters["LT-REL-006"].minReplicas
	not covered
	msg := sprintf("no PodDisruptionBudget of namespace %q covers the Pods of %s %q", [resource.namespace, input.kind, resource.name])
}

covered if count(index.covering("budgets", resource.namespace, resource.pod_labels)) > 0
