# METADATA
# scope: package
# title: A person put a debugging container into a Pod
# description: "An ephemeral container brings an image of its own into a running Pod and may share its processes."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-008
#   slug: debug-container
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [audit]
#   profiles: []
#   confidence: exact
#   scope: object
#   targets:
#   - {group: audit.k8s.io, kinds: [Event]}
#   requires: []
#   parameters:
#     allowedUsers: {type: array, items: {type: string}, default: [], description: "Users who may do this; a trailing * matches any ending."}
#   remediation: "Find out why it was needed, and delete the Pod afterwards: the container stays as long as the Pod."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1610", "T1609"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.debug_container

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input.objectRef, "subresource", msg) if {
	audit.resource == "pods/ephemeralcontainers"
	input.verb in {"update", "patch"}
	audit.done
	audit.human
	not audit.listed(audit.name, data.parameters["LT-AUD-008"].allowedUsers)
	msg := sprintf("%s put a debugging container into %s", [audit.who, audit.target])
}
