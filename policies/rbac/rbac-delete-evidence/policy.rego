# METADATA
# scope: package
# title: Role deletes events or logs
# description: Events and logs show what an intruder did; few roles need to delete them.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-018
#   slug: rbac-delete-evidence
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [Role, ClusterRole]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#   remediation: Remove delete and deletecollection on events and Pod logs.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2", "LOG-2"]
#     mitre-attack: ["T1562.001"]
#     soc2-2017: ["CC6.3", "CC7.2"]
package lintel.rbac.rbac_delete_evidence

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some groups, resources in evidence
	some grant in rbac.grants(groups, resources, {"delete", "deletecollection"})
	not rbac.exempt(data.parameters["LT-RBAC-018"].allowedRoles)
	msg := sprintf("%s can delete traces (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}

evidence := {
	{"", "events.k8s.io"}: {"events"},
	{""}: {"pods/log"},
}
