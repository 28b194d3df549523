# METADATA
# scope: package
# title: Role changes admission control
# description: Whoever writes webhook configurations or admission policies can read, alter or let through every object of the cluster.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks
# custom:
#   id: LT-RBAC-010
#   slug: rbac-webhooks
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [ClusterRole]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#   remediation: Remove the write verbs, or name the one configuration in resourceNames.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.12"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1562.001", "T1552.007"]
#     soc2-2017: ["CC6.3", "CC8.1"]
package lintel.rbac.rbac_webhooks

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some grant in rbac.grants({"admissionregistration.k8s.io"}, admission, rbac.write)
	not rbac.exempt(data.parameters["LT-RBAC-010"].allowedRoles)
	msg := sprintf("%s changes admission control (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}

admission := {
	"validatingwebhookconfigurations", "mutatingwebhookconfigurations",
	"validatingadmissionpolicies", "validatingadmissionpolicybindings",
	"mutatingadmissionpolicies", "mutatingadmissionpolicybindings",
}
