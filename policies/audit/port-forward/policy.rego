# METADATA
# scope: package
# title: A person opened a tunnel into a Pod
# description: "A forwarded port reaches the Pod past Services, network policies and their logs."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-007
#   slug: port-forward
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
#   remediation: "Give people a way in that is logged, and restrict pods/portforward."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1609"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.port_forward

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input.objectRef, "subresource", msg) if {
	audit.resource == "pods/portforward"
	audit.done
	audit.human
	not audit.listed(audit.name, data.parameters["LT-AUD-007"].allowedUsers)
	msg := sprintf("%s opened a tunnel to %s", [audit.who, audit.target])
}
