# METADATA
# scope: package
# title: Process belongs to the root group
# description: "Many files on a node and in images are writable for group 0, so membership weakens a non-root user."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-007
#   slug: root-group
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [hardening, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedRanges:
#       type: array
#       items: {type: object, properties: {min: {type: integer}, max: {type: integer}}, required: [min, max]}
#       default: [{min: 1, max: 4294967295}]
#       description: Group numbers accepted.
#   remediation: "Use a group number other than 0 for runAsGroup, fsGroup and supplementalGroups."
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.7.3"]
#     nsa-cisa-1.2: ["POD-1"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.root_group

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(c, "securityContext.runAsGroup", msg), [{"op": "replace", "path": "/securityContext/runAsGroup", "value": fitting, "unsafe": true}]) if {
	some c in resource.containers
	group := c.securityContext.runAsGroup
	outside(group)
	msg := sprintf("%s runs with group %v (securityContext.runAsGroup)", [resource.describe(c), group])
}

deny contains finding.fixed(finding.at(resource.pod_spec, concat(".", ["securityContext", field]), msg), [{"op": "replace", "path": concat("/", ["/securityContext", field]), "value": fitting, "unsafe": true}]) if {
	some field in ["runAsGroup", "fsGroup"]
	group := resource.pod_spec.securityContext[field]
	outside(group)
	msg := sprintf("the Pod runs with group %v (securityContext.%s)", [group, field])
}

deny contains finding.fixed(finding.at(resource.pod_spec, field, msg), [{"op": "remove", "path": field, "unsafe": true}]) if {
	some i, group in resource.pod_spec.securityContext.supplementalGroups
	outside(group)
	field := sprintf("securityContext.supplementalGroups[%d]", [i])
	msg := sprintf("the Pod runs with group %v (securityContext.supplementalGroups)", [group])
}

outside(group) if {
	is_number(group)
	not allowed(group)
}

allowed(group) if {
	some span in data.parameters["LT-POD-007"].allowedRanges
	group >= span.min
	group <= span.max
}

# fitting is a number of the first range, 10001 when it is in it.
fitting := max([span.min, min([span.max, 10001])]) if {
	span := data.parameters["LT-POD-007"].allowedRanges[0]
} else := 10001
