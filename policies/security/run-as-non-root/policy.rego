# METADATA
# scope: package
# title: Container may run as root
# description: A process that is root in its container is one kernel or runtime bug away from being root on the node.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-003
#   slug: run-as-non-root
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     exemptImages: {type: array, items: {type: string}, default: [], description: "Images left alone; a trailing * matches any ending."}
#     acceptRunAsUser: {type: boolean, default: true, description: "Take a runAsUser above 0 as proof; Pod Security wants the flag itself."}
#   remediation: "Set runAsNonRoot to true, or runAsUser to a number above 0, for the Pod or the container."
#   fix: {op: add, path: securityContext/runAsNonRoot, value: true, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.2.7"]
#     nsa-cisa-1.2: ["POD-1"]
#     mitre-attack: ["T1611", "T1068"]
#     soc2-2017: ["CC6.1", "CC6.3"]
package lintel.security.run_as_non_root

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.at(holder, "securityContext.runAsNonRoot", msg) if {
	some c in resource.containers
	not non_root(c)
	not exempt(c)
	holder := resource.setting_holder(c, "runAsNonRoot")
	msg := sprintf("%s may run as root: %s", [resource.describe(c), reason(c)])
}

non_root(c) if resource.security_setting(c, "runAsNonRoot") == true

non_root(c) if {
	data.parameters["LT-POD-003"].acceptRunAsUser == true
	not root_allowed(c)
	resource.security_setting(c, "runAsUser") > 0
}

root_allowed(c) if resource.security_setting(c, "runAsNonRoot") == false

reason(c) := "runAsNonRoot is false" if {
	root_allowed(c)
} else := sprintf("runAsUser is %v and runAsNonRoot is not set", [user]) if {
	user := resource.security_setting(c, "runAsUser")
} else := "neither runAsNonRoot nor runAsUser is set"

exempt(c) if image.exempt(c, data.parameters["LT-POD-003"].exemptImages)
