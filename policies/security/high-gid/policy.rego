# METADATA
# scope: package
# title: Group number is low or left open
# description: Numbers up to 10000 belong to accounts that may exist on the node; a process that escapes would then have their rights on files.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-006
#   slug: high-gid
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [hardening, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     minGid: {type: integer, minimum: 1, default: 10001, description: "Smallest number accepted."}
#   remediation: Set runAsGroup to 10001 or higher.
#   fix: {op: add, path: securityContext/runAsGroup, value: 10001, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.7.3"]
#     nsa-cisa-1.2: ["POD-1"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.high_gid

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(holder, "securityContext.runAsGroup", msg) if {
	not resource.is_windows
	some c in resource.containers
	not high(c)
	holder := resource.setting_holder(c, "runAsGroup")
	msg := sprintf("%s %s", [resource.describe(c), problem(c)])
}

high(c) if resource.security_setting(c, "runAsGroup") >= minimum

minimum := data.parameters["LT-POD-006"].minGid

problem(c) := sprintf("runs with group %v, below %v (securityContext.runAsGroup)", [number, minimum]) if {
	number := resource.security_setting(c, "runAsGroup")
} else := "does not set securityContext.runAsGroup"
