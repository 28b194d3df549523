# METADATA
# scope: package
# title: Limit is far above its request
# description: "A limit far above the request lets a node be promised many times over; when all use what they may, Pods are killed or slowed."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: LT-RES-007
#   slug: resource-ratio
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
#     maxRatio: {type: object, additionalProperties: {type: number}, default: {cpu: 8, memory: 4}, description: "Largest limit as a multiple of the request, per resource."}
#   remediation: Bring request and limit closer together.
#   effort: low
#   compliance: {}
package lintel.reliability.resource_ratio

import data.lintel.lib.finding
import data.lintel.lib.quantity
import data.lintel.lib.resource

deny contains finding.at(c, concat(".", ["resources.limits", name]), msg) if {
	some c in resource.containers_with_own_resources
	resources := c.resources
	some name, most in data.parameters["LT-RES-007"].maxRatio
	limit := resources.limits[name]
	request := resources.requests[name]
	quantity.milli(limit) > most * quantity.milli(request)
	msg := sprintf("%s has a %s limit of %v, more than %v times its request of %v", [resource.describe(c), name, limit, most, request])
}
