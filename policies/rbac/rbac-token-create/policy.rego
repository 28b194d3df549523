# METADATA
# scope: package
# title: Role mints service-account tokens
# description: create on serviceaccounts/token issues a token of any service account in reach, with all its rights.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request
# custom:
#   id: LT-RBAC-015
#   slug: rbac-token-create
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [Role, ClusterRole]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#   remediation: Remove the rule, or name the service accounts in resourceNames.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.13"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1528", "T1078"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_token_create

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some grant in rbac.grants({""}, {"serviceaccounts/token"}, {"create"})
	count(grant.names) == 0
	not rbac.exempt(data.parameters["LT-RBAC-015"].allowedRoles)
	msg := sprintf("%s can mint tokens of any service account", [rbac.described])
}
