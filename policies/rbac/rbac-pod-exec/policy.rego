# METADATA
# scope: package
# title: Role can run commands in containers
# description: exec and attach give a shell with the rights, Secrets and network of the container; get is enough over web sockets.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-005
#   slug: rbac-pod-exec
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
#   remediation: Remove pods/exec and pods/attach; debug with short-lived, audited grants.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1609"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_pod_exec

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some grant in rbac.grants({""}, {"pods/exec", "pods/attach"}, {"create", "get"})
	not rbac.exempt(data.parameters["LT-RBAC-005"].allowedRoles)
	msg := sprintf("%s can run commands in Pods (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}
