# METADATA
# scope: package
# title: Role can impersonate
# description: Impersonation borrows every right of another user, group or service account and hides who really acted.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#impersonate-verb
# custom:
#   id: LT-RBAC-007
#   slug: rbac-impersonate
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [Role, ClusterRole]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#     allowResourceNames: {type: boolean, default: false}
#   remediation: Remove the verb impersonate.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.8"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1078", "T1098.006"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_impersonate

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some rule in rbac.rules
	grant := impersonation(rule)
	not rbac.exempt(parameters.allowedRoles)
	not narrowed(grant)
	msg := sprintf("%s can impersonate others (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}

impersonation(rule) := rbac.granted(rule, {"", "authentication.k8s.io"}, identities(rule), {"impersonate"})

# Extra fields are written userextras/KEY.
identities(rule) := {"users", "groups", "serviceaccounts", "uids", "userextras"} | {name | some name in rule.resources; startswith(name, "userextras/")}

narrowed(grant) if {
	parameters.allowResourceNames
	count(grant.names) > 0
}

parameters := data.parameters["LT-RBAC-007"]
