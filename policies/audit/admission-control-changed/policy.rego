# METADATA
# scope: package
# title: A person changed or removed admission control
# description: "Without its webhooks and policies the cluster admits what they would refuse."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-009
#   slug: admission-control-changed
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
#   remediation: "Restore the object from the repository, and look at what was admitted meanwhile."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1562.001"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.admission_control_changed

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input, "verb", msg) if {
	audit.group == "admissionregistration.k8s.io"
	input.verb in {"create", "update", "patch", "delete", "deletecollection"}
	audit.done
	audit.human
	not audit.listed(audit.name, data.parameters["LT-AUD-009"].allowedUsers)
	msg := sprintf("%s did %s %s", [audit.who, input.verb, audit.target])
}
