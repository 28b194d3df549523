# METADATA
# scope: package
# title: fsGroup is outside the allowed range
# description: "The group owns the files of mounted volumes, so a shared or privileged number opens them to others. Inert until ranges are configured."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-048
#   slug: fsgroup
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     ranges:
#       type: array
#       items: {type: object, properties: {min: {type: integer}, max: {type: integer}}, required: [min, max]}
#       default: []
#       description: Group numbers accepted; an empty list accepts all.
#   remediation: Set fsGroup to a number of the allowed range.
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.security.fsgroup

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(resource.pod_spec, "securityContext.fsGroup", msg), [{"op": "replace", "path": "/securityContext/fsGroup", "value": fitting, "unsafe": true}]) if {
	count(data.parameters["LT-POD-048"].ranges) > 0
	group := resource.pod_spec.securityContext.fsGroup
	not allowed(group)
	msg := sprintf("the Pod sets fsGroup %v, outside the allowed ranges", [group])
}

allowed(group) if {
	some span in data.parameters["LT-POD-048"].ranges
	group >= span.min
	group <= span.max
}

# fitting is a number of the first range, 10001 when it is in it.
fitting := max([span.min, min([span.max, 10001])]) if {
	span := data.parameters["LT-POD-048"].ranges[0]
}
