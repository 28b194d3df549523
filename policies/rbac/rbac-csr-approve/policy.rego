# METADATA
# scope: package
# title: Role approves certificate signing requests
# description: An approver can issue client certificates for any user or group, and such certificates cannot be revoked.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing
# custom:
#   id: LT-RBAC-009
#   slug: rbac-csr-approve
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [ClusterRole]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#   remediation: Leave approval to the cluster's own controllers.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.11"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1078", "T1098"]
#     soc2-2017: ["CC6.2", "CC6.3"]
package lintel.rbac.rbac_csr_approve

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some resource_name, verbs in approvals
	some grant in rbac.grants({"certificates.k8s.io"}, {resource_name}, verbs)
	not rbac.exempt(data.parameters["LT-RBAC-009"].allowedRoles)
	msg := sprintf("%s can approve certificate requests (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}

approvals := {
	"certificatesigningrequests/approval": {"update", "patch"},
	"signers": {"approve"},
}
