# METADATA
# scope: package
# title: A role got powers that lead to all others
# description: "Wildcards and the verbs escalate, bind and impersonate let their holder take any other privilege."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-005
#   slug: role-widened
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
#   remediation: "Name the resources and verbs that are needed, and take the others back."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1098.006", "T1068"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.role_widened

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input, "verb", msg) if {
	audit.resource in {"roles", "clusterroles"}
	audit.group == "rbac.authorization.k8s.io"
	input.verb in {"create", "update", "patch"}
	audit.done
	not audit.component
	not audit.listed(audit.name, data.parameters["LT-AUD-005"].allowedUsers)
	some power in powers
	msg := sprintf("%s put %s into %s", [audit.who, power, audit.target])
}

powers contains "all verbs on all resources" if {
	some rule in rules
	"*" in rule.verbs
	"*" in rule.resources
}

powers contains sprintf("the verb %s", [verb]) if {
	some rule in rules
	some verb in rule.verbs
	verb in {"escalate", "bind", "impersonate"}
}

# A patch shows its result in the answer only.
rules := input.responseObject.rules if {
	input.responseObject.rules
} else := input.requestObject.rules
