# METADATA
# scope: package
# title: Memory limit is missing
# description: A leak in a container without a memory limit takes down its neighbours on the node.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: LT-RES-004
#   slug: memory-limits
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
#     max: {type: string, default: "", description: "Largest quantity accepted; empty for none."}
#     requireEqualRequest: {type: boolean, default: false, description: "Demand a request equal to the limit."}
#     default: {type: string, default: "", description: "Quantity that lintel fix sets where there is none; empty for no fix."}
#   remediation: Set resources.limits.memory for the container.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-3"]
#     mitre-attack: ["T1496", "T1499"]
#     soc2-2017: ["A1.1"]
package lintel.reliability.memory_limits

import data.lintel.lib.finding
import data.lintel.lib.quantity
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.fixed(finding.at(c, "resources.limits.memory", msg), setting) if {
	some c in judged
	not given(c)
	msg := sprintf("%s has no memory limit (resources.limits.memory)", [resource.describe(c)])
}

deny contains finding.fixed(finding.at(c, "resources.limits.memory", msg), bounded(c, most)) if {
	some c in judged
	most := data.parameters["LT-RES-004"].max
	quantity.milli(quantity_of(c)) > quantity.milli(most)
	msg := sprintf("%s has a memory limit of %v, above %s", [resource.describe(c), quantity_of(c), most])
}

deny contains finding.at(c, "resources.requests.memory", msg) if {
	data.parameters["LT-RES-004"].requireEqualRequest == true
	some c in judged
	quantity.milli(c.resources.requests.memory) != quantity.milli(c.resources.limits.memory)
	msg := sprintf("%s requests %v of memory but its limit is %v", [resource.describe(c), c.resources.requests.memory, c.resources.limits.memory])
}

judged := resource.containers_with_own_resources if {
	data.parameters["LT-RES-004"].includeInit == true
} else := resource.lasting_containers

given(c) if quantity_of(c) != ""

quantity_of(c) := c.resources.limits.memory if {
	c.resources.limits.memory != null
} else := pod_level

# Pod-level resources count from Kubernetes 1.34.
pod_level := resource.pod_spec.resources.limits.memory if {
	settings.kubernetes >= 1034
	resource.pod_spec.resources.limits.memory != null
}

# setting puts in a quantity, when one is configured.
setting := [{"op": "add", "path": "/resources/limits/memory", "value": text, "unsafe": true} |
	text := data.parameters["LT-RES-004"]["default"]
	text != ""
]

# bounded replaces what the container itself says.
bounded(c, limit) := [{"op": "replace", "path": "/resources/limits/memory", "value": limit, "unsafe": true} |
	c.resources.limits.memory != null
]
