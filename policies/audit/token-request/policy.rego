# METADATA
# scope: package
# title: A person made a service account token
# description: "The token acts as the service account wherever it is taken, until it expires."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-010
#   slug: token-request
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
#   remediation: "Find out what the token was for; delete the service account or Pod it is bound to when it is not known."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1528"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.token_request

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input.objectRef, "subresource", msg) if {
	audit.resource == "serviceaccounts/token"
	input.verb == "create"
	audit.done
	audit.human
	not audit.listed(audit.name, data.parameters["LT-AUD-010"].allowedUsers)
	msg := sprintf("%s made a token of %s", [audit.who, audit.target])
}
