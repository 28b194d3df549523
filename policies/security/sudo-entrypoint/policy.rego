# METADATA
# scope: package
# title: Container starts through sudo
# description: "sudo in a start command shows that the program runs with rights it should not have, and needs escalation to be allowed."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-042
#   slug: sudo-entrypoint
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Run the program as a fixed unprivileged user without sudo.
#   effort: low
#   compliance: {}
package lintel.security.sudo_entrypoint

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, field, msg) if {
	some c in resource.containers
	some list in ["command", "args"]
	some i, word in c[list]
	calls_sudo(word)
	field := sprintf("%s[%d]", [list, i])
	msg := sprintf("%s calls sudo (%s)", [resource.describe(c), field])
}

calls_sudo(word) if {
	contains(word, "sudo")
	regex.match(`(^|[\s;&|(/])sudo(\s|$)`, word)
}
