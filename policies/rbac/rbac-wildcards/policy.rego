# METADATA
# scope: package
# title: Role rule holds a wildcard
# description: A "*" in a rule also grants every resource, group or verb that will exist later, so nobody can say what the role allows.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-001
#   slug: rbac-wildcards
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
#   remediation: List the API groups, resources and verbs that are needed.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.3"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1078", "T1098.006"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_wildcards

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(rule, sprintf("%s[%d]", [field, index]), msg) if {
	some rule in rbac.rules
	some field in ["apiGroups", "resources", "verbs"]
	some index, "*" in rule[field]
	not rbac.exempt(data.parameters["LT-RBAC-001"].allowedRoles)
	msg := sprintf("%s has the wildcard \"*\" in %s", [rbac.described, field])
}
