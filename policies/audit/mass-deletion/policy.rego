# METADATA
# scope: package
# title: A person deleted a whole collection
# description: "Deleting a namespace or a collection takes everything in it along."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-014
#   slug: mass-deletion
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
#   remediation: "Make sure that it was meant, and restore from the repository or a backup."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.mass_deletion

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input, "verb", msg) if {
	whole
	audit.done
	audit.human
	not audit.listed(audit.name, data.parameters["LT-AUD-014"].allowedUsers)
	msg := sprintf("%s did %s %s", [audit.who, input.verb, audit.target])
}

whole if input.verb == "deletecollection"

whole if {
	input.verb == "delete"
	audit.resource == "namespaces"
}
