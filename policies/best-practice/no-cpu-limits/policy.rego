# METADATA
# scope: package
# title: CPU limit is set
# description: "CPU limits slow a container down even when its node is idle; some teams rule them out. Inert until forbid is set, for it contradicts cpu-limits."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: LT-RES-008
#   slug: no-cpu-limits
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: info
#   tags: [pod, resources]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     forbid: {type: boolean, default: false, description: "Report CPU limits."}
#   remediation: Remove resources.limits.cpu and keep the request.
#   fix: {op: remove, path: resources/limits/cpu, unsafe: true}
#   effort: low
#   compliance: {}
package lintel.best_practice.no_cpu_limits

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, "resources.limits.cpu", msg) if {
	data.parameters["LT-RES-008"].forbid == true
	some c in resource.containers_with_own_resources
	limit := c.resources.limits.cpu
	msg := sprintf("%s has a CPU limit of %v (resources.limits.cpu)", [resource.describe(c), limit])
}
