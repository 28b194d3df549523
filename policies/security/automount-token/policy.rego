# METADATA
# scope: package
# title: Service account token is mounted
# description: The token gives whoever reads the file the rights of the service account at the API server. Few programs talk to it.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   id: LT-POD-035
#   slug: automount-token
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [hardening, all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedServiceAccounts: {type: array, items: {type: string}, default: [], description: "Service accounts whose token may be mounted."}
#     requireOnlyWhenDefaultSA: {type: boolean, default: false, description: "Judge only Pods of the service account default."}
#   remediation: Set automountServiceAccountToken to false for the Pod or its service account.
#   fix: {op: add, path: spec/automountServiceAccountToken, value: false, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.6"]
#     nsa-cisa-1.2: ["POD-5"]
#     mitre-attack: ["T1528", "T1552.007"]
#     soc2-2017: ["CC6.1", "CC6.3"]
package lintel.security.automount_token

import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "automountServiceAccountToken", msg) if {
	resource.is_workload
	not resource.pod_spec.automountServiceAccountToken == false
	not account_refuses
	not tolerated
	msg := sprintf("the token of the service account %q is mounted (automountServiceAccountToken is not false)", [resource.service_account])
}

# The Pod's own word counts first; the service account speaks only when the Pod is silent.
account_refuses if {
	not resource.pod_spec.automountServiceAccountToken == true
	some account in inventory.by_name(resource.namespace, "", "ServiceAccount")[resource.service_account]
	account.automountServiceAccountToken == false
}

tolerated if resource.service_account in data.parameters["LT-POD-035"].allowedServiceAccounts

tolerated if {
	data.parameters["LT-POD-035"].requireOnlyWhenDefaultSA == true
	resource.service_account != "default"
}
