# METADATA
# scope: package
# title: Role can port-forward
# description: Port forwarding reaches every port of a Pod past NetworkPolicies and Ingress authentication.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-013
#   slug: rbac-port-forward
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
#   remediation: Remove pods/portforward from the role.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1609"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_port_forward

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some grant in rbac.grants({""}, {"pods/portforward"}, {"create", "get"})
	not rbac.exempt(data.parameters["LT-RBAC-013"].allowedRoles)
	msg := sprintf("%s can forward ports of Pods (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}
