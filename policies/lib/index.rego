# Who selects whom: what carries labels by its labels, and what selects by its selector.
#
# No rule reads `input`: each is computed once for all objects. Members with the same labels form one group, owners of the
# same selector share one query, and answers are kept by the text of what was asked. So a relation costs the number of
# different label sets and selectors that meet, not the number of objects.
package lintel.lib.index

import data.lintel.lib.bundle
import data.lintel.lib.inventory
import data.lintel.lib.selector

# grouped gives the values of {"key", "value"} entries as lists by their keys.
grouped(entries) := {key: values |
	some key in {entry.key | some entry in entries}
	values := [entry.value | some entry in entries; entry.key == key]
}

# --- Members: what a selector finds ---

members := {
	"pods": bundle.templates,
	"services": {namespace: list |
		some namespace, services in bundle.services
		list := [{"labels": labels_of(service), "object": service} | some service in services]
	},
}

labels_of(owner) := owner.metadata.labels if {
	is_object(owner.metadata.labels)
} else := {}

# groups lists by kind of member and namespace the different label sets, each with the members that carry it and the number
# of the first of them.
groups := {kind: {namespace: list |
	some namespace, entries in namespaces
	by_text := grouped([{"key": json.marshal(entry.labels), "value": number} | some number, entry in entries])
	list := [{"labels": entries[numbers[0]].labels, "text": text, "first": numbers[0], "members": members_at(entries, numbers)} |
		some text, numbers in by_text
	]
} |
	some kind, namespaces in members
}

members_at(entries, numbers) := [entries[number] | some number in numbers]

# by_pair holds the same groups by each label and value.
by_pair := {kind: {namespace: pairs |
	some namespace, list in namespaces
	pairs := grouped([{"key": [key, value], "value": group} | some group in list; some key, value in group.labels])
} |
	some kind, namespaces in groups
}

# selected lists the groups of a namespace that a label selector fits; an empty selector fits all.
selected(kind, namespace, query) := selected_by_text(kind, namespace, json.marshal(query))

selected_by_text(kind, namespace, text) := [group |
	query := json.unmarshal(text)
	some group in candidates(kind, namespace, query)
	selector.matches(query, group.labels)
]

# finds holds when a label selector fits something of that kind in a namespace.
finds(kind, namespace, query) if count(selected(kind, namespace, query)) > 0

# candidates are the groups that have the rarest label the selector asks for.
candidates(kind, namespace, query) := offers[least[1]] if {
	offers := narrowed(kind, namespace, query)
	least := min([[count(list), number] | some number, list in offers])
} else := object.get(groups, [kind, namespace], [])

narrowed(kind, namespace, query) := array.concat(
	[with_pair(kind, namespace, [key, value]) | some key, value in selector.pairs(query)],
	[list |
		some term in selector.terms(query)
		term.operator == "In"
		list := [group | some value in {value | some value in term.values}; some group in with_pair(kind, namespace, [term.key, value])]
	],
)

with_pair(kind, namespace, pair) := object.get(by_pair, [kind, namespace, pair], [])

# --- Owners: what selects ---

# selections lists by what it is for and namespace the selectors and their owners.
selections := {
	"services": {namespace: list |
		some namespace, services in bundle.services
		list := [{"query": {"matchLabels": wanted}, "owner": service} |
			some service in services
			wanted := service.spec.selector
			count(wanted) > 0
		]
	},
	"budgets": {namespace: list |
		some namespace, _ in data.inventory.namespace
		list := [{"query": owner.spec.selector, "owner": owner} |
			some owner in inventory.namespaced(namespace, "policy", "PodDisruptionBudget")
			is_object(owner.spec.selector)
			not inert(owner)
		]
	},
	"policies": {namespace: list |
		some namespace, policies in bundle.network_policies
		list := [{"query": pod_selector(policy), "owner": policy} | some policy in policies]
	},
	"cilium": {namespace: list |
		some namespace, _ in data.inventory.namespace
		list := [{"query": spec.endpointSelector, "owner": spec} |
			some policy in inventory.namespaced(namespace, "cilium.io", "CiliumNetworkPolicy")
			some spec in cilium_specs(policy)
		]
	},
}

# Before policy/v1 the empty selector of a budget selects nothing.
inert(budget) if {
	budget.apiVersion == "policy/v1beta1"
	count(budget.spec.selector) == 0
}

# A podSelector left out is the empty one.
pod_selector(policy) := policy.spec.podSelector if {
	is_object(policy.spec.podSelector)
} else := {}

cilium_specs(policy) := policy.specs if {
	is_array(policy.specs)
} else := [policy.spec]

# queries lists by purpose and namespace the different selectors, each with all its owners.
queries := {purpose: {namespace: list |
	some namespace, entries in namespaces
	by_text := grouped([{"key": json.marshal(entry.query), "value": entry} | some entry in entries])
	list := [{"query": entries[0].query, "text": text, "owners": [entry.owner | some entry in entries]} | some text, entries in by_text]
} |
	some purpose, namespaces in selections
}

# anchored holds the same queries by one label and value each asks for, the one the fewest others ask for; those that ask
# for none stand under null.
anchored := {purpose: {namespace: by_anchor |
	some namespace, list in namespaces
	asked := grouped([{"key": [key, value], "value": 1} | some query in list; some key, value in selector.pairs(query.query)])
	by_anchor := grouped([{"key": anchor_of(query.query, asked), "value": query} | some query in list])
} |
	some purpose, namespaces in queries
}

anchor_of(query, asked) := min([[count(asked[[key, value]]), [key, value]] | some key, value in selector.pairs(query)])[1]

anchor_of(query, _) := null if count(selector.pairs(query)) == 0

# covering lists the queries of a namespace that select Pods with these labels.
covering(purpose, namespace, labels) := covering_text(purpose, namespace, json.marshal(labels))

covering_text(purpose, namespace, text) := [query |
	labels := json.unmarshal(text)
	by_anchor := object.get(anchored, [purpose, namespace], {})
	some key in array.concat([null], [[key, value] | some key, value in labels])
	some query in by_anchor[key]
	selector.matches(query.query, labels)
]
