# METADATA
# scope: package
# title: Requests differ from limits
# description: "Only when requests equal limits does a Pod get the Guaranteed class, which is evicted last."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
# custom:
#   id: LT-RES-006
#   slug: requests-equal-limits
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
#     resources: {type: array, items: {type: string}, default: [cpu, memory], description: "Resources compared."}
#   remediation: Set the request of the resource to its limit.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-3"]
#     soc2-2017: ["A1.1"]
package lintel.reliability.requests_equal_limits

import data.lintel.lib.finding
import data.lintel.lib.quantity
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(c, concat(".", ["resources.requests", name]), msg), [{"op": "replace", "path": sprintf("/resources/requests/%s", [replace(name, "/", "~1")]), "value": limit, "unsafe": true}]) if {
	some c in resource.containers_with_own_resources
	resources := c.resources
	some name in data.parameters["LT-RES-006"].resources
	request := resources.requests[name]
	limit := resources.limits[name]
	quantity.milli(request) != quantity.milli(limit)
	msg := sprintf("%s requests %v of %s but its limit is %v", [resource.describe(c), request, name, limit])
}
