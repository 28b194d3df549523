# 3.2.2: what the audit policy records of the sensitive requests. Rules are tried in order; the first that
# matches sets the level (audit.k8s.io/v1 Policy).
package lintel.cis.v1_8

import data.lintel.cis.sources

audit_policies contains document if {
	some document in sources.of_kind.Policy
	sources.group(document.doc) == "audit.k8s.io"
}

# Requests a policy must record, and the levels that do it without storing credentials.
recorded := {"Metadata", "Request", "RequestResponse"}

audit_requests := array.concat(
	[{"group": entry.group, "resource": entry.resource, "verb": verb, "levels": {"Metadata"}} |
		some entry in [
			{"group": "", "resource": "secrets"},
			{"group": "", "resource": "configmaps"},
			{"group": "authentication.k8s.io", "resource": "tokenreviews"},
		]
		some verb in entry_verbs(entry.resource)
	],
	array.concat(
		[{"group": entry.group, "resource": entry.resource, "verb": verb, "levels": recorded} |
			some entry in [{"group": "", "resource": "pods"}, {"group": "apps", "resource": "deployments"}]
			some verb in ["create", "update", "patch", "delete"]
		],
		array.concat(
			[{"group": "", "resource": resource, "verb": verb, "levels": recorded} |
				some resource in ["pods/exec", "pods/portforward", "pods/proxy", "services/proxy"]
				some verb in ["get", "create"]
			],
			[{"group": "lintel.example", "resource": "anything", "verb": "create", "levels": recorded}],
		),
	),
)

entry_verbs("tokenreviews") := ["create"]

entry_verbs(resource) := ["get", "list", "watch", "create", "update", "patch", "delete"] if resource != "tokenreviews"

# audit_level(rules, request): the level of the first matching rule, None without one.
audit_level(rules, request) := rules[first].level if {
	first := min([i | some i, rule in rules; rule_matches(rule, request)])
} else := "None"

# A rule for some users, namespaces or object names does not decide for everybody.
rule_matches(rule, request) if {
	every field in ["users", "userGroups", "namespaces"] {
		count(object.get(rule, field, [])) == 0
	}
	verb_listed(object.get(rule, "verbs", []), request.verb)
	resource_listed(rule, request)
}

verb_listed([], _)

verb_listed(verbs, verb) if verb in verbs

resource_listed(rule, _) if {
	count(object.get(rule, "resources", [])) == 0
	count(object.get(rule, "nonResourceURLs", [])) == 0
}

resource_listed(rule, request) if {
	some entry in rule.resources
	object.get(entry, "group", "") == request.group
	count(object.get(entry, "resourceNames", [])) == 0
	names_resource(object.get(entry, "resources", []), request.resource)
}

names_resource([], _)

names_resource(names, resource) if {
	some name in names
	name in {resource, "*"}
}

names_resource(names, resource) if {
	parts := split(resource, "/")
	count(parts) == 2
	some name in names
	name in {sprintf("%s/*", [parts[0]]), sprintf("*/%s", [parts[1]])}
}

outcomes["3.2.2"] contains outcome if {
	some document in audit_policies
	rules := object.get(document.doc, "rules", [])
	some request in audit_requests
	level := audit_level(rules, request)
	not level in request.levels
	outcome := {"verdict": "fail", "path": sources.nearest(document, ["rules"]), "msg": sprintf("audit policy: %s %s is recorded at level %s", [request.verb, request_words(request), level])}
}

request_words(request) := request.resource if request.group != "lintel.example"

request_words(request) := "any other resource" if request.group == "lintel.example"

outcomes["3.2.2"] contains outcome if {
	some document in audit_policies
	outcome := {"verdict": "pass", "path": document.path, "msg": sprintf("audit policy: %d kinds of request examined", [count(audit_requests)])}
}

outcomes["3.2.2"] contains outcome if {
	count(audit_policies) == 0
	some source in sources.all
	source.component == "kube-apiserver"
	item := reading(source, "audit-policy-file")
	outcome := audit_elsewhere(source, item)
}

audit_elsewhere(source, item) := {"verdict": "fail", "path": item.path, "msg": sprintf("%s: no audit policy is in force", [source.origin])} if item.state == "unset"

audit_elsewhere(_, item) := {"verdict": "unknown", "path": item.path, "msg": "--audit-policy-file names a policy that is not in the input"} if item.state != "unset"
