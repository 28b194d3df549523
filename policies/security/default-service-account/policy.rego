# METADATA
# scope: package
# title: Workload uses the default service account
# description: Rights given to the default service account reach every Pod of the namespace that names no other.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/service-accounts/
# custom:
#   id: LT-POD-037
#   slug: default-service-account
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: "Create a service account for the workload and name it in serviceAccountName, or mount no token."
#   fix: {rule: deny}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.1.5"]
#     nsa-cisa-1.2: ["POD-5"]
#     mitre-attack: ["T1078.001", "T1528"]
#     soc2-2017: ["CC6.1", "CC6.3"]
package lintel.security.default_service_account

import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(resource.pod_spec, "serviceAccountName", msg), [{"op": "add", "path": "/automountServiceAccountToken", "value": false, "unsafe": true}]) if {
	resource.is_workload
	resource.service_account == "default"
	not resource.pod_spec.automountServiceAccountToken == false
	not account_refuses
	msg := "the Pod runs as the service account \"default\" with its token mounted"
}

account_refuses if {
	not resource.pod_spec.automountServiceAccountToken == true
	some account in inventory.by_name(resource.namespace, "", "ServiceAccount")["default"]
	account.automountServiceAccountToken == false
}
