# METADATA
# scope: package
# title: An anonymous request was answered
# description: "Anybody who reaches the API server can do what this request did."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-003
#   slug: anonymous-request
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [audit]
#   profiles: []
#   confidence: exact
#   scope: object
#   targets:
#   - {group: audit.k8s.io, kinds: [Event]}
#   requires: []
#   parameters:
#     allowedPaths: {type: array, items: {type: string}, default: ["/healthz*", "/livez*", "/readyz*", "/version*"], description: "Paths open to all; a trailing * matches any ending."}
#   remediation: "Remove the binding of system:anonymous or system:unauthenticated that allows the request."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1078.001", "T1133"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.anonymous_request

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input.user, "username", msg) if {
	audit.anonymous
	audit.done
	not audit.listed(audit.path, data.parameters["LT-AUD-003"].allowedPaths)
	msg := sprintf("anonymous %s of %s from %s was answered with %d", [input.verb, audit.path, concat(", ", object.get(input, "sourceIPs", ["unknown"])), input.responseStatus.code])
}
