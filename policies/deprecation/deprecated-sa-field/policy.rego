# METADATA
# scope: package
# title: Pod uses the old field serviceAccount
# description: spec.serviceAccount is an alias kept for old clients; two fields for one thing drift apart.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
# custom:
#   id: LT-API-006
#   slug: deprecated-sa-field
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [deprecation]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   profiles: [recommended]
#   remediation: Use serviceAccountName.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     soc2-2017: ["CC8.1"]
package lintel.deprecation.deprecated_sa_field

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(resource.pod_spec, "serviceAccount", msg), operations) if {
	is_string(resource.pod_spec.serviceAccount)
	resource.pod_spec.serviceAccount != ""

	# The API server itself writes the old field beside the new one.
	resource.pod_spec.serviceAccount != object.get(resource.pod_spec, "serviceAccountName", "")
	msg := sprintf("%s %q sets the deprecated field serviceAccount", [input.kind, resource.name])
}

# The new field counts when both are set.
operations := [{"op": "remove", "path": "/serviceAccount"}] if {
	resource.pod_spec.serviceAccountName != ""
} else := [
	{"op": "add", "path": "/serviceAccountName", "value": resource.pod_spec.serviceAccount},
	{"op": "remove", "path": "/serviceAccount"},
] if {
	resource.pod_spec.serviceAccountName == ""
} else := [{"op": "move", "from": "/serviceAccount", "path": "/serviceAccountName"}]
