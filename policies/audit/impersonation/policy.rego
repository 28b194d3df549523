# METADATA
# scope: package
# title: A person acted as somebody else
# description: "With impersonation an action appears under another name, and privileges are used that were never granted to the person."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-006
#   slug: impersonation
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [audit]
#   profiles: []
#   confidence: exact
#   scope: object
#   targets:
#   - {group: audit.k8s.io, kinds: [Event]}
#   requires: []
#   parameters:
#     allowedUsers: {type: array, items: {type: string}, default: [], description: "Users who may do this; a trailing * matches any ending."}
#   remediation: "Restrict the verb impersonate to break-glass accounts."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1078"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.impersonation

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input, "impersonatedUser", msg) if {
	audit.impersonated
	audit.done
	audit.human
	not audit.listed(audit.name, data.parameters["LT-AUD-006"].allowedUsers)
	msg := sprintf("%s did %s %s", [audit.who, input.verb, input.requestURI])
}
