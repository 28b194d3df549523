# METADATA
# scope: package
# title: Role can hand out more rights than it has
# description: bind and escalate switch off the API server's escalation check; changing roles and bindings decides who may do what.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
# custom:
#   id: LT-RBAC-006
#   slug: rbac-escalate-bind
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
#   remediation: Remove bind, escalate and write access to roles and bindings.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.8"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1098.006", "T1068"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_escalate_bind

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some resources, verbs in escalations
	some grant in rbac.grants({"rbac.authorization.k8s.io"}, resources, verbs)
	not rbac.exempt(data.parameters["LT-RBAC-006"].allowedRoles)
	msg := sprintf("%s can raise rights (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}

escalations := {
	{"roles", "clusterroles"}: {"bind", "escalate", "create", "update", "patch"},
	{"rolebindings", "clusterrolebindings"}: {"create", "update", "patch"},
}
