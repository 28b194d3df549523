# METADATA
# scope: package
# title: Project may change the limits of its namespaces
# description: Without a list a project manages all namespaced kinds, the quotas, policies and roles that should hold it too.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/project-specification/
# custom:
#   id: LT-ARGO-005
#   slug: argo-project-namespace-resources
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [AppProject]}
#   profiles: []
#   parameters:
#     protectedKinds: {type: array, items: {type: string}, default: [ResourceQuota, LimitRange, NetworkPolicy, Role, RoleBinding]}
#   remediation: Set namespaceResourceWhitelist, or put these kinds into namespaceResourceBlacklist.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     soc2-2017: ["CC6.3"]
package lintel.gitops.argo_project_namespace_resources

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.namespaceResourceBlacklist", msg) if {
	not listed
	free := [kind | some kind in data.parameters["LT-ARGO-005"].protectedKinds; not kind in blocked]
	count(free) > 0
	not "*" in blocked
	msg := sprintf("AppProject %q may manage %s", [resource.name, concat(", ", free)])
}

listed if is_array(input.spec.namespaceResourceWhitelist)

blocked contains entry.kind if some entry in input.spec.namespaceResourceBlacklist
