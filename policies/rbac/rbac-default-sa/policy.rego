# METADATA
# scope: package
# title: Binding gives rights to default service accounts
# description: Every Pod that names no service account gets these rights, whoever deployed it.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-019
#   slug: rbac-default-sa
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [RoleBinding, ClusterRoleBinding]}
#   profiles: [recommended]
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: ["system:service-account-issuer-discovery", "system:image-puller"]}
#   remediation: Create a service account for the workload and bind that.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.5"]
#     nsa-cisa-1.2: ["AUTH-2", "POD-5"]
#     mitre-attack: ["T1078.001"]
#     soc2-2017: ["CC6.1", "CC6.3"]
package lintel.rbac.rbac_default_sa

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(subject, "name", msg) if {
	some subject in rbac.subjects
	default_account(subject)
	not input.roleRef.name in data.parameters["LT-RBAC-019"].allowedRoles
	msg := sprintf("%s gives rights to %s %q", [rbac.described, subject.kind, subject.name])
}

default_account(subject) if {
	subject.kind == "ServiceAccount"
	subject.name == "default"
}

default_account(subject) if {
	subject.kind == "User"
	startswith(subject.name, "system:serviceaccount:")
	endswith(subject.name, ":default")
}

# These groups hold the default accounts too.
default_account(subject) if {
	subject.kind == "Group"
	subject.name == "system:serviceaccounts"
}

default_account(subject) if {
	subject.kind == "Group"
	startswith(subject.name, "system:serviceaccounts:")
}
