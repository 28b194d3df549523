# METADATA
# scope: package
# title: CPU request is missing
# description: The scheduler places a Pod by its requests; without one it may land on a full node and starve.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: LT-RES-001
#   slug: cpu-requests
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod, resources]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     includeInit: {type: boolean, default: false, description: "Judge init containers that run to completion too."}
#     min: {type: string, default: "", description: "Smallest quantity accepted; empty for none."}
#     max: {type: string, default: "", description: "Largest quantity accepted; empty for none."}
#     default: {type: string, default: "", description: "Quantity that lintel fix sets where there is none; empty for no fix."}
#   remediation: Set resources.requests.cpu for the container.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-3"]
#     mitre-attack: ["T1499"]
#     soc2-2017: ["A1.1"]
package lintel.reliability.cpu_requests

import data.lintel.lib.finding
import data.lintel.lib.quantity
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.fixed(finding.at(c, "resources.requests.cpu", msg), setting) if {
	some c in judged
	not given(c)
	msg := sprintf("%s has no CPU request (resources.requests.cpu)", [resource.describe(c)])
}

deny contains finding.fixed(finding.at(c, "resources.requests.cpu", msg), bounded(c, least)) if {
	some c in judged
	least := data.parameters["LT-RES-001"].min
	quantity.milli(quantity_of(c)) < quantity.milli(least)
	msg := sprintf("%s has a CPU request of %v, below %s", [resource.describe(c), quantity_of(c), least])
}

deny contains finding.fixed(finding.at(c, "resources.requests.cpu", msg), bounded(c, most)) if {
	some c in judged
	most := data.parameters["LT-RES-001"].max
	quantity.milli(quantity_of(c)) > quantity.milli(most)
	msg := sprintf("%s has a CPU request of %v, above %s", [resource.describe(c), quantity_of(c), most])
}

judged := resource.containers_with_own_resources if {
	data.parameters["LT-RES-001"].includeInit == true
} else := resource.lasting_containers

given(c) if quantity_of(c) != ""

# A limit without a request becomes the request.
quantity_of(c) := c.resources.requests.cpu if {
	c.resources.requests.cpu != null
} else := c.resources.limits.cpu if {
	c.resources.limits.cpu != null
} else := pod_level

# Pod-level resources count from Kubernetes 1.34.
pod_level := resource.pod_spec.resources.requests.cpu if {
	settings.kubernetes >= 1034
	resource.pod_spec.resources.requests.cpu != null
} else := resource.pod_spec.resources.limits.cpu if {
	settings.kubernetes >= 1034
	resource.pod_spec.resources.limits.cpu != null
}

# setting puts in a quantity, when one is configured.
setting := [{"op": "add", "path": "/resources/requests/cpu", "value": text, "unsafe": true} |
	text := data.parameters["LT-RES-001"]["default"]
	text != ""
]

# bounded replaces what the container itself says.
bounded(c, limit) := [{"op": "replace", "path": "/resources/requests/cpu", "value": limit, "unsafe": true} |
	c.resources.requests.cpu != null
]
