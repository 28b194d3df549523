# Role rules and bindings, with the wildcards of RBAC.
package lintel.lib.rbac

import data.lintel.lib.resource

rules := [rule | some rule in input.rules; is_object(rule)]

subjects := [subject | some subject in input.subjects; is_object(subject)]

# described names the reviewed role or binding in a message.
described := sprintf("%s %q", [input.kind, resource.name])

# exempt holds for the roles Kubernetes creates itself and for the names of an allow list.
exempt(names) if resource.name in names

exempt(_) if {
	resource.labels["kubernetes.io/bootstrapping"] == "rbac-defaults"
	bootstrap_role(resource.name)
}

bootstrap_role(name) if name in {"cluster-admin", "admin", "edit", "view"}

bootstrap_role(name) if startswith(name, "system:")

# grants lists the rules of the reviewed role that allow one of the verbs on one of the resources.
grants(groups, resources, verbs) := [grant |
	some rule in rules
	grant := granted(rule, groups, resources, verbs)
]

# granted describes what a rule allows of the given verbs and resources; undefined when nothing.
granted(rule, groups, resources, verbs) := {
	"rule": rule,
	"field": sprintf("resources[%d]", [matched[0]]),
	"resources": listed("resource", [rule.resources[index] | some index in matched]),
	"verbs": listed("verb", used),
	"names": resource_names(rule),
} if {
	covers(rule.apiGroups, groups)
	used := [verb | some verb in rule.verbs; allows(verb, verbs)]
	count(used) > 0
	matched := [index | some index, name in rule.resources; names_one(name, resources)]
	count(matched) > 0
}

# listed names verbs or resources in a message.
listed(noun, names) := sprintf("every %s", [noun]) if {
	"*" in names
} else := concat(", ", names)

covers(list, wanted) if {
	some item in list
	allows(item, wanted)
}

allows("*", _)

allows(item, wanted) if item in wanted

# "*" stands for every resource and subresource, "*/scale" for one subresource of all.
names_one("*", _)

names_one(name, wanted) if name in wanted

names_one(name, wanted) if {
	startswith(name, "*/")
	some resource_name in wanted
	endswith(resource_name, substring(name, 1, -1))
}

resource_names(rule) := rule.resourceNames if {
	is_array(rule.resourceNames)
} else := []

# write are the verbs that change objects.
write := {"create", "update", "patch", "delete", "deletecollection"}
