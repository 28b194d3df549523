# METADATA
# scope: package
# title: Service account hands its token to every Pod
# description: "Unless the service account says no, every Pod that uses it and is silent gets its token."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   id: LT-POD-036
#   slug: sa-automount-object
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [service-account]
#   profiles: [hardening, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [ServiceAccount]}
#   requires: []
#   parameters:
#     allowedServiceAccounts: {type: array, items: {type: string}, default: [], description: "Names left alone."}
#   remediation: Set automountServiceAccountToken to false and let the Pods that need the token ask for it.
#   fix: {op: add, path: automountServiceAccountToken, value: false, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.6"]
#     nsa-cisa-1.2: ["POD-5"]
#     mitre-attack: ["T1528"]
#     soc2-2017: ["CC6.1"]
package lintel.security.sa_automount_object

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "automountServiceAccountToken", msg) if {
	not input.automountServiceAccountToken == false
	not allowed
	msg := sprintf("ServiceAccount %q does not set automountServiceAccountToken to false", [resource.name])
}

allowed if resource.name in data.parameters["LT-POD-036"].allowedServiceAccounts
