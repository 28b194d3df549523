# METADATA
# scope: package
# title: Workload lives in a system namespace
# description: "System namespaces hold the parts the cluster needs, are often exempt from policies, and give their Pods wide rights."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   id: LT-POD-050
#   slug: system-namespace
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     namespaces: {type: array, items: {type: string}, default: [kube-system, kube-public, kube-node-lease], description: "Namespaces kept for the cluster itself."}
#     allowedNames: {type: array, items: {type: string}, default: [], description: "Workloads that belong there."}
#   remediation: Move the workload to a namespace of its own.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.7.1"]
#     nsa-cisa-1.2: ["NET-1"]
package lintel.security.system_namespace

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "metadata.namespace", msg) if {
	not resource.is_control_plane
	resource.namespace in data.parameters["LT-POD-050"].namespaces
	not resource.name in data.parameters["LT-POD-050"].allowedNames
	msg := sprintf("%s %q runs in the system namespace %s", [input.kind, resource.name, resource.namespace])
}
