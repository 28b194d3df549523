# METADATA
# scope: package
# title: A person approved a client certificate
# description: "A client certificate cannot be revoked; whoever holds it keeps its name and groups until it expires."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-012
#   slug: certificate-approval
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
#   remediation: "Look at the name and groups in the request, and keep its duration short."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1078"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.certificate_approval

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input.objectRef, "subresource", msg) if {
	audit.resource == "certificatesigningrequests/approval"
	input.verb in {"update", "patch"}
	audit.done
	audit.human
	not audit.listed(audit.name, data.parameters["LT-AUD-012"].allowedUsers)
	msg := sprintf("%s decided on %s", [audit.who, audit.target])
}
