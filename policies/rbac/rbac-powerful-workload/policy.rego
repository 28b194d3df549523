# METADATA
# scope: package
# title: Workload can take over the cluster
# description: The service account of this workload is bound cluster-wide to a role that reaches everything, so one compromised container is enough.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-020
#   slug: rbac-powerful-workload
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [rbac]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - workloads
#   requires: [rbac.authorization.k8s.io/ClusterRoleBinding]
#   profiles: []
#   parameters:
#     allowedServiceAccounts: {type: array, items: {type: string}, default: []}
#   remediation: Bind a narrower role to the service account of the workload.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.1"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1078", "T1611"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_powerful_workload

import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.rbac
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "serviceAccountName", msg) if {
	account := sprintf("%s/%s", [resource.namespace, account_name])
	some [binding, role] in powerful[account]
	not account in data.parameters["LT-RBAC-020"].allowedServiceAccounts
	msg := sprintf("service account %q holds %q through ClusterRoleBinding %q", [account, role, binding])
}

account_name := resource.pod_spec.serviceAccountName if {
	resource.pod_spec.serviceAccountName != ""
} else := "default"

# powerful maps "namespace/name" of service accounts to their bindings and dangerous roles.
powerful[account] contains [binding.metadata.name, binding.roleRef.name] if {
	some binding in inventory.cluster("rbac.authorization.k8s.io", "ClusterRoleBinding")
	binding.roleRef.name in dangerous_roles
	some subject in binding.subjects
	subject.kind == "ServiceAccount"
	account := sprintf("%s/%s", [subject.namespace, subject.name])
}

dangerous_roles contains "cluster-admin"

dangerous_roles contains role.metadata.name if {
	some role in inventory.cluster("rbac.authorization.k8s.io", "ClusterRole")
	some rule in role.rules
	some power in powers
	rbac.granted(rule, power.groups, power.resources, power.verbs)
}

powers := [
	{"groups": {""}, "resources": {"secrets"}, "verbs": {"list", "watch"}},
	{"groups": {""}, "resources": {"nodes/proxy", "pods/exec", "serviceaccounts/token"}, "verbs": {"create"}},
	{"groups": {""}, "resources": {"users", "groups", "serviceaccounts"}, "verbs": {"impersonate"}},
	{"groups": {"rbac.authorization.k8s.io"}, "resources": {"clusterroles", "roles"}, "verbs": {"bind", "escalate"}},
]
