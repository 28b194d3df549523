# METADATA
# scope: package
# title: Binding for anonymous, all authenticated or master users
# description: Such a binding gives rights to callers nobody has chosen, or through a group that no authorizer can take rights from.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-012
#   slug: rbac-anonymous
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
#     allowedRoles: {type: array, items: {type: string}, default: ["system:discovery", "system:basic-user", "system:public-info-viewer"]}
#   remediation: Bind named users, groups or service accounts.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.7"]
#     nsa-cisa-1.2: ["AUTH-1", "AUTH-2"]
#     mitre-attack: ["T1078.001", "T1133"]
#     soc2-2017: ["CC6.1", "CC6.2"]
package lintel.rbac.rbac_anonymous

import data.lintel.lib.finding
import data.lintel.lib.rbac
import data.lintel.lib.resource

deny contains finding.at(subject, "name", msg) if {
	some subject in rbac.subjects
	subject.name in everyone[subject.kind]
	not input.roleRef.name in data.parameters["LT-RBAC-012"].allowedRoles
	not bootstrap
	msg := sprintf("%s gives rights to %s %q", [rbac.described, lower(subject.kind), subject.name])
}

everyone := {
	"User": {"system:anonymous"},
	"Group": {"system:unauthenticated", "system:authenticated", "system:masters"},
}

# The API server restores its own binding of system:masters at every start.
bootstrap if {
	resource.name == "cluster-admin"
	resource.labels["kubernetes.io/bootstrapping"] == "rbac-defaults"
	[subject.name | some subject in rbac.subjects] == ["system:masters"]
}
