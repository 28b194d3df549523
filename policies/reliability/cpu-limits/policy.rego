# METADATA
# scope: package
# title: CPU limit is missing
# description: A container without a CPU limit may take every idle core of its node. Many teams leave CPU limits off on purpose.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: LT-RES-002
#   slug: cpu-limits
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod, resources]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     includeInit: {type: boolean, default: false, description: "Judge init containers that run to completion too."}
#     max: {type: string, default: "", description: "Largest quantity accepted; empty for none."}
#     default: {type: string, default: "", description: "Quantity that lintel fix sets where there is none; empty for no fix."}
#   remediation: Set resources.limits.cpu for the container.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-3"]
#     mitre-attack: ["T1496", "T1499"]
#     soc2-2017: ["A1.1"]
package lintel.reliability.cpu_limits

import data.lintel.lib.finding
import data.lintel.lib.quantity
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.fixed(finding.at(c, "resources.limits.cpu", msg), setting) if {
	some c in judged
	not given(c)
	msg := sprintf("%s has no CPU limit (resources.limits.cpu)", [resource.describe(c)])
}

deny contains finding.fixed(finding.at(c, "resources.limits.cpu", msg), bounded(c, most)) if {
	some c in judged
	most := data.parameters["LT-RES-002"].max
	quantity.milli(quantity_of(c)) > quantity.milli(most)
	msg := sprintf("%s has a CPU limit of %v, above %s", [resource.describe(c), quantity_of(c), most])
}

judged := resource.containers_with_own_resources if {
	data.parameters["LT-RES-002"].includeInit == true
} else := resource.lasting_containers

given(c) if quantity_of(c) != ""

quantity_of(c) := c.resources.limits.cpu if {
	c.resources.limits.cpu != null
} else := pod_level

# Pod-level resources count from Kubernetes 1.34.
pod_level := resource.pod_spec.resources.limits.cpu if {
	settings.kubernetes >= 1034
	resource.pod_spec.resources.limits.cpu != null
}

# setting puts in a quantity, when one is configured.
setting := [{"op": "add", "path": "/resources/limits/cpu", "value": text, "unsafe": true} |
	text := data.parameters["LT-RES-002"]["default"]
	text != ""
]

# bounded replaces what the container itself says.
bounded(c, limit) := [{"op": "replace", "path": "/resources/limits/cpu", "value": limit, "unsafe": true} |
	c.resources.limits.cpu != null
]
