# Label selectors.
package lintel.lib.selector

# matches holds when every matchLabels pair and every matchExpressions term fits the labels;
# an empty selector fits everything.
matches(selector, labels) if {
	is_object(selector)
	every key, value in pairs(selector) { labels[key] == value }
	every term in terms(selector) { fits(term, labels) }
}

# contains_all holds when the labels carry every pair of a plain map selector (Service, ReplicationController).
contains_all(selector, labels) if {
	every key, value in selector { labels[key] == value }
}

pairs(selector) := selector.matchLabels if {
	is_object(selector.matchLabels)
} else := {}

terms(selector) := selector.matchExpressions if {
	is_array(selector.matchExpressions)
} else := []

fits(term, labels) if {
	term.operator == "In"
	labels[term.key] in term.values
}

fits(term, labels) if {
	term.operator == "NotIn"
	not has_value(labels, term.key, term.values)
}

fits(term, labels) if {
	term.operator == "Exists"
	has(labels, term.key)
}

fits(term, labels) if {
	term.operator == "DoesNotExist"
	not has(labels, term.key)
}

has(labels, key) if key in object.keys(labels)

has_value(labels, key, values) if labels[key] in values
