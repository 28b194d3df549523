# METADATA
# scope: package
# title: Project manages every cluster-wide kind
# description: ClusterRoles, webhooks and CRDs decide over the whole cluster; a team's project rarely needs them.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/project-specification/
# custom:
#   id: LT-ARGO-004
#   slug: argo-project-cluster-resources
#   aliases: [argo-project-blacklist]
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [AppProject]}
#   profiles: [recommended]
#   remediation: List the few cluster-wide kinds in spec.clusterResourceWhitelist, or none.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1098.006"]
#     soc2-2017: ["CC6.3"]
package lintel.gitops.argo_project_cluster_resources

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, sprintf("spec.clusterResourceWhitelist[%d]", [index]), msg) if {
	some index, entry in input.spec.clusterResourceWhitelist
	entry.group == "*"
	entry.kind == "*"
	object.get(entry, "name", "*") in {"", "*"}
	msg := sprintf("AppProject %q may manage every cluster-wide kind", [resource.name])
}
