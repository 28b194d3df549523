# METADATA
# scope: package
# title: Somebody opened a shell in a container
# description: "A session in a running container bypasses review and leaves no trace in the cluster but this event."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-001
#   slug: interactive-exec
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
#   remediation: "Find out why the session was needed, and restrict pods/exec to break-glass accounts."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1609"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.interactive_exec

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input.objectRef, "subresource", msg) if {
	audit.resource in {"pods/exec", "pods/attach"}
	audit.done
	audit.human
	interactive
	not audit.listed(audit.name, data.parameters["LT-AUD-001"].allowedUsers)
	msg := sprintf("%s opened an interactive session in %s%s", [audit.who, audit.target, details])
}

interactive if {
	some flag in ["stdin", "tty"]
	audit.query[flag][_] in {"true", "1"}
}

details := sprintf(" (container %s, command %q)", [audit.query.container[0], concat(" ", audit.query.command)]) if {
	audit.query.container
	audit.query.command
} else := sprintf(" (command %q)", [concat(" ", audit.query.command)]) if {
	audit.query.command
} else := ""
