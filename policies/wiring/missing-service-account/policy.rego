# METADATA
# scope: package
# title: Service account does not exist
# description: Pods of a missing service account are refused at admission; a binding for it gives rights to whoever creates the name later.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/service-accounts/
# custom:
#   id: LT-REF-007
#   slug: missing-service-account
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - workloads
#   - {group: rbac.authorization.k8s.io, kinds: [RoleBinding, ClusterRoleBinding]}
#   requires: [ServiceAccount]
#   profiles: []
#   parameters:
#     externalServiceAccounts: {type: array, items: {type: string}, default: []}
#   remediation: Add the ServiceAccount or correct its name.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.missing_service_account

import data.lintel.lib.finding
import data.lintel.lib.rbac
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, field, msg) if {
	some field in ["serviceAccountName", "serviceAccount"]
	name := resource.pod_spec[field]
	name != ""
	missing(resource.namespace, name)
	msg := sprintf("%s %q uses service account %q, which is not in namespace %q", [input.kind, resource.name, name, resource.namespace])
}

deny contains finding.at(subject, "name", msg) if {
	some subject in rbac.subjects
	subject.kind == "ServiceAccount"
	namespace := object.get(subject, "namespace", resource.namespace)

	# Of a namespace the input does not hold nothing is known.
	data.inventory.namespace[namespace]
	missing(namespace, subject.name)
	msg := sprintf("%s binds service account %q, which is not in namespace %q", [rbac.described, subject.name, namespace])
}

missing(namespace, name) if {
	is_string(name)
	name != "default"
	not data.inventory.namespace[namespace].v1.ServiceAccount[name]
	not name in data.parameters["LT-REF-007"].externalServiceAccounts
}
