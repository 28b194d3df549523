# METADATA
# scope: package
# title: Role changes system ConfigMaps
# description: ConfigMaps of kube-system hold cluster DNS (CoreDNS) and, on EKS, the mapping of cloud identities to groups (aws-auth).
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-017
#   slug: rbac-configmaps
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [rbac]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [Role, ClusterRole]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#     namespaces: {type: array, items: {type: string}, default: [kube-system]}
#   remediation: Use a Role in the namespace that needs it, with resourceNames.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1098"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_configmaps

import data.lintel.lib.finding
import data.lintel.lib.rbac
import data.lintel.lib.resource

deny contains finding.at(grant.rule, grant.field, msg) if {
	in_reach
	some grant in rbac.grants({""}, {"configmaps"}, rbac.write)
	count(grant.names) == 0
	not rbac.exempt(parameters.allowedRoles)
	msg := sprintf("%s can change ConfigMaps of system namespaces (%s)", [rbac.described, grant.verbs])
}

in_reach if input.kind == "ClusterRole"

in_reach if resource.namespace in parameters.namespaces

parameters := data.parameters["LT-RBAC-017"]
