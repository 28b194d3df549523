# METADATA
# scope: package
# title: A person read Secrets
# description: "Whoever reads a Secret holds its credentials from then on; people seldom need to."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-002
#   slug: secret-read
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
#   remediation: "Rotate what was read unless the reading was agreed, and take get, list and watch on secrets from the role."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1552.007"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.secret_read

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input, "verb", msg) if {
	audit.resource == "secrets"
	audit.group == ""
	input.verb in {"get", "list", "watch"}
	audit.done
	audit.human
	not audit.listed(audit.name, data.parameters["LT-AUD-002"].allowedUsers)
	msg := sprintf("%s did %s %s", [audit.who, input.verb, audit.target])
}
