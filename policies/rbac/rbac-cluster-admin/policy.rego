# METADATA
# scope: package
# title: Subject is bound to cluster-admin
# description: cluster-admin may do anything to every object; a leaked token of such a subject is the end of the cluster.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
# custom:
#   id: LT-RBAC-002
#   slug: rbac-cluster-admin
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [RoleBinding, ClusterRoleBinding]}
#   profiles: [recommended]
#   parameters:
#     allowedSubjects: {type: array, items: {type: string}, default: ["system:masters"]}
#   remediation: Bind a role with only the rights that are needed.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.1"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1078", "T1098.006"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_cluster_admin

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(input, "roleRef.name", msg) if {
	input.roleRef.name == "cluster-admin"
	input.roleRef.kind == "ClusterRole"
	allowed := data.parameters["LT-RBAC-002"].allowedSubjects
	outside := [name | some subject in rbac.subjects; name := subject.name; not name in allowed]
	count(outside) > 0
	msg := sprintf("%s gives cluster-admin to %s", [rbac.described, concat(", ", [sprintf("%v", [name]) | some name in outside])])
}
