# METADATA
# scope: package
# title: Project deploys anywhere
# description: With every namespace, or a system namespace, as destination, a pull request can change what governs the cluster.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
# custom:
#   id: LT-ARGO-003
#   slug: argo-wildcard-destinations
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [AppProject]}
#   profiles: [recommended]
#   parameters:
#     systemNamespaces: {type: array, items: {type: string}, default: [kube-system, argocd]}
#   remediation: List the clusters and namespaces of the team in spec.destinations.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2", "NET-1"]
#     mitre-attack: ["T1610", "T1098.006"]
#     soc2-2017: ["CC6.3", "CC8.1"]
package lintel.gitops.argo_wildcard_destinations

import data.lintel.lib.argo
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(target, "namespace", msg) if {
	some target in input.spec.destinations
	target.namespace == "*"
	where := wide(target)
	msg := sprintf("AppProject %q may deploy to every namespace of %s", [resource.name, where])
}

deny contains finding.at(target, "namespace", msg) if {
	some target in input.spec.destinations
	target.namespace in data.parameters["LT-ARGO-003"].systemNamespaces
	msg := sprintf("AppProject %q may deploy to the system namespace %s", [resource.name, target.namespace])
}

wide(target) := "every cluster" if {
	target.server == "*"
} else := "every cluster" if {
	target.name == "*"
} else := "its own cluster" if {
	argo.destination(target).server == argo.in_cluster
}
