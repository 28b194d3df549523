# METADATA
# scope: package
# title: Binding names a role that does not exist
# description: The binding grants nothing now, and whatever a later role of that name holds.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: LT-REF-009
#   slug: missing-role
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [rbac]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [RoleBinding, ClusterRoleBinding]}
#   requires: [rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/ClusterRole]
#   profiles: []
#   parameters:
#     externalRoles: {type: array, items: {type: string}, default: []}
#   remediation: Add the role or correct roleRef.name.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     soc2-2017: ["CC6.3"]
package lintel.wiring.missing_role

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.rbac
import data.lintel.lib.resource

deny contains finding.at(input, "roleRef.name", msg) if {
	name := input.roleRef.name
	not known(input.roleRef)
	not rbac.bootstrap_role(name)
	not name in data.parameters["LT-REF-009"].externalRoles
	msg := sprintf("%s names %s %q, which does not exist", [rbac.described, input.roleRef.kind, name])
}

known(ref) if {
	ref.kind == "Role"
	bundle.exists(resource.namespace, "rbac.authorization.k8s.io", "Role", ref.name)
}

known(ref) if {
	ref.kind == "ClusterRole"
	ref.name in cluster_roles
}

cluster_roles := bundle.cluster_names("rbac.authorization.k8s.io", "ClusterRole")
