# METADATA
# scope: package
# title: Somebody tried what they may not
# description: "Refused requests for Secrets, shells and privileges are how an intruder finds out what a stolen account can do."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-015
#   slug: denied-request
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [audit]
#   profiles: []
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: audit.k8s.io, kinds: [Event]}
#   requires: []
#   parameters:
#     resources: {type: array, items: {type: string}, default: [secrets, pods/exec, pods/attach, serviceaccounts/token, nodes/proxy, clusterroles, clusterrolebindings], description: "Resources whose refusals are reported, with their subresources."}
#     allowedUsers: {type: array, items: {type: string}, default: [], description: "Users who may do this; a trailing * matches any ending."}
#   remediation: "Ask the user, or look at the Pod of the service account, and rotate the credentials when nobody knows why."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1613"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.denied_request

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input, "verb", msg) if {
	audit.refused
	audit.resource in data.parameters["LT-AUD-015"].resources
	not audit.component
	not audit.listed(audit.name, data.parameters["LT-AUD-015"].allowedUsers)
	msg := sprintf("%s was refused to %s %s", [audit.who, input.verb, audit.target])
}
