# METADATA
# scope: package
# title: Role lets its subjects add subjects to bindings
# description: With update or patch on RoleBindings a subject brings others into its own roles, out of sight of those who granted them.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-014
#   slug: rbac-self-extend
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [Role]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#   remediation: Remove update and patch on rolebindings.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1098.006"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_self_extend

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some grant in rbac.grants({"rbac.authorization.k8s.io"}, {"rolebindings"}, {"update", "patch"})
	not rbac.exempt(data.parameters["LT-RBAC-014"].allowedRoles)
	msg := sprintf("%s lets its subjects change RoleBindings (%s)", [rbac.described, grant.verbs])
}
