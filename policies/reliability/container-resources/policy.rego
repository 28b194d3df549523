# METADATA
# scope: package
# title: Container names no resources
# description: "One finding for each container names the requests and limits it leaves out: without a request the scheduler cannot plan, without a memory limit one container can take all memory of its node."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   id: LT-RES-011
#   slug: container-resources
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [reliability]
#   profiles: [recommended]
#   merges: [LT-RES-001, LT-RES-003, LT-RES-004]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   parameters: {}
#   remediation: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory for the container."
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.reliability.container_resources

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.settings
import data.lintel.reliability.cpu_requests
import data.lintel.reliability.memory_limits
import data.lintel.reliability.memory_requests

deny contains finding.fixed(object.union(finding.at(c, "resources", msg), {"parts": gaps}), operations(c)) if {
	some c in resource.containers
	gaps := [{"policy": part.id, "text": gap} | some part in parts; gap := gap_of(part, c)]
	count(gaps) > 0
	msg := sprintf("%s has %s", [resource.describe(c), concat(", ", [gap.text | some gap in gaps])])
}

# operations are those of the policies that say something about the container.
operations(c) := [op | some part in parts; some fix in fixes[part.id][c]; some op in fix]

fixes[part.id][found.node] contains found.fix if {
	some part in parts
	some found in part.findings
}

# What a policy says about the container, without the container and the field.
gap_of(part, c) := regex.replace(min(texts), ` \(resources\.[a-z.]+\)$`, "") if {
	not settings.skips(part.id)
	mark := sprintf("%s has ", [resource.describe(c)])
	texts := {trim_prefix(msg, mark) | some msg in messages[part.id][subject(mark)]; startswith(msg, mark)}
	count(texts) > 0
}

# messages holds by policy what it says, by the container it speaks of.
messages[part.id][subject(found.msg)] contains found.msg if {
	some part in parts
	some found in part.findings
}

subject(text) := split(text, `" `)[0]

parts := [
	{"id": "LT-RES-001", "findings": cpu_requests.deny},
	{"id": "LT-RES-003", "findings": memory_requests.deny},
	{"id": "LT-RES-004", "findings": memory_limits.deny},
]
