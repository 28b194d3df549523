# METADATA
# scope: package
# title: Ephemeral storage is not bounded
# description: "Logs, emptyDirs and the writable layer share the disk of the node; without bounds one container fills it for all."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: LT-RES-005
#   slug: ephemeral-storage
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod, resources]
#   profiles: [reliability, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     require: {type: array, items: {type: string, enum: [requests, limits]}, default: [requests, limits], description: "What a container must set."}
#     max: {type: string, default: "", description: "Largest limit accepted; empty for none."}
#     default: {type: string, default: "", description: "Quantity that lintel fix sets where there is none; empty for no fix."}
#   remediation: Set ephemeral-storage in resources.requests and resources.limits.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-3"]
#     mitre-attack: ["T1499"]
#     soc2-2017: ["A1.1"]
package lintel.reliability.ephemeral_storage

import data.lintel.lib.finding
import data.lintel.lib.quantity
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(c, "resources", msg), [{"op": "add", "path": sprintf("/resources/%s/ephemeral-storage", [part]), "value": text, "unsafe": true} |
	text := data.parameters["LT-RES-005"]["default"]
	text != ""
	some part in missing
]) if {
	some c in resource.lasting_containers
	missing := [part | some part in data.parameters["LT-RES-005"].require; not given(c, part)]
	count(missing) > 0
	msg := sprintf("%s does not set ephemeral-storage in resources.%s", [resource.describe(c), concat(" and resources.", missing)])
}

deny contains finding.fixed(finding.at(c, `resources.limits["ephemeral-storage"]`, msg), [{"op": "replace", "path": "/resources/limits/ephemeral-storage", "value": most, "unsafe": true}]) if {
	some c in resource.containers_with_own_resources
	limit := c.resources.limits["ephemeral-storage"]
	most := data.parameters["LT-RES-005"].max
	quantity.milli(limit) > quantity.milli(most)
	msg := sprintf("%s may use %v of ephemeral storage, above %s", [resource.describe(c), limit, most])
}

given(c, part) if c.resources[part]["ephemeral-storage"] != null

# A limit without a request becomes the request.
given(c, "requests") if c.resources.limits["ephemeral-storage"] != null
