# METADATA
# scope: package
# title: A person reached into a node through the API server
# description: "The kubelet behind nodes/proxy runs commands in every Pod of the node and keeps no audit log."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-011
#   slug: node-proxy
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
#   remediation: "Take nodes/proxy from the role."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1609", "T1613"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.node_proxy

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input.objectRef, "subresource", msg) if {
	audit.resource == "nodes/proxy"
	audit.done
	audit.human
	not audit.listed(audit.name, data.parameters["LT-AUD-011"].allowedUsers)
	msg := sprintf("%s did %s %s (%s)", [audit.who, input.verb, audit.target, audit.path])
}
