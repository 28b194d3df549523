# METADATA
# scope: package
# title: Role can read Secrets
# description: Whoever reads Secrets holds the credentials and service-account tokens in them; list and watch return the contents too.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets
# custom:
#   id: LT-RBAC-003
#   slug: rbac-read-secrets
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
#     allowResourceNames: {type: boolean, default: true}
#   remediation: Drop the verb, or name the few Secrets in resourceNames.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.2"]
#     nsa-cisa-1.2: ["AUTH-2", "NET-9"]
#     mitre-attack: ["T1552.007", "T1528"]
#     soc2-2017: ["CC6.1", "CC6.3"]
package lintel.rbac.rbac_read_secrets

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some grant in rbac.grants({""}, {"secrets"}, {"get", "list", "watch"})
	not rbac.exempt(parameters.allowedRoles)
	not narrowed(grant)
	msg := sprintf("%s can read Secrets (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}

narrowed(grant) if {
	parameters.allowResourceNames
	count(grant.names) > 0
}

parameters := data.parameters["LT-RBAC-003"]
