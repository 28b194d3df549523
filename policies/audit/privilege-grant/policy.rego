# METADATA
# scope: package
# title: Far-reaching privileges were granted
# description: "A binding to an administrator role makes its subjects owners of the namespace or cluster; attackers bind roles to stay."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
# custom:
#   id: LT-AUD-004
#   slug: privilege-grant
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
#     roles: {type: array, items: {type: string}, default: [cluster-admin, admin, "system:*"], description: "Roles nobody is bound to outside of review; a trailing * matches any ending."}
#     allowedUsers: {type: array, items: {type: string}, default: [], description: "Users who may do this; a trailing * matches any ending."}
#   remediation: "Take the binding back unless it was agreed, and look at what its subjects did since."
#   effort: medium
#   compliance:
#     nsa-cisa-1.2: ["LOG-1", "LOG-3"]
#     mitre-attack: ["T1098.006"]
#     soc2-2017: ["CC7.2"]
package lintel.audit.privilege_grant

import data.lintel.lib.audit
import data.lintel.lib.finding

deny contains finding.at(input, "verb", msg) if {
	changed
	roles := data.parameters["LT-AUD-004"].roles
	some role in bound
	audit.listed(role, roles)
	msg := sprintf("%s bound %s to role %s with %s", [audit.who, subjects, role, audit.target])
}

# Whatever the role: nobody authenticates for these.
deny contains finding.at(input, "verb", msg) if {
	changed
	some key in ["requestObject", "responseObject"]
	some subject in input[key].subjects
	subject.name in {"system:anonymous", "system:unauthenticated"}
	not subject.kind == "ServiceAccount"
	some role in bound
	msg := sprintf("%s bound %s, which is everybody without credentials, to role %s with %s", [audit.who, subject.name, role, audit.target])
}

# An event of the level Metadata does not say which role it was.
deny contains finding.at(input, "verb", msg) if {
	changed
	count(bound) == 0
	msg := sprintf("%s did %s %s, and the event does not tell which role it binds", [audit.who, input.verb, audit.target])
}

changed if {
	audit.resource in {"rolebindings", "clusterrolebindings"}
	audit.group == "rbac.authorization.k8s.io"
	input.verb in {"create", "update", "patch"}
	audit.done
	not audit.component
	not audit.listed(audit.name, data.parameters["LT-AUD-004"].allowedUsers)
}

bound := {role | some key in ["requestObject", "responseObject"]; role := input[key].roleRef.name}

subjects := "somebody" if {
	count(names) == 0
} else := concat(", ", names)

names := sort([sprintf("%s %s", [lower(subject.kind), subject.name]) |
	some subject in object.get(object.get(input, "requestObject", {}), "subjects", [])
])
