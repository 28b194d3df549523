package shop_test

import data.shop
import data.shop.labels as known

base := {
	"metadata": {"name": "web", "labels": {"app": "web", "tier": "front"}},
	"spec": {"replicas": 1, "containers": [{"name": "app", "image": "nginx"}, {"name": "side", "image": "busybox:1.36"}]},
}

expected := 5

# 1 to 5: counts, sets and what `with` gives.
test_count if count(shop.deny) == 5 with input as base

test_set if shop.labels == {"app", "team"} with input as base

test_empty if shop.deny == set() with input as base

test_equal_sides if shop.limit == shop.limit + 1 with input as {"limit": 3}

test_data if shop.limit == 2 with input as {} with data.shop.limit as 4

# 6 to 10: undefined, false, and negation.
test_undefined if shop.owner == "payments" with input as base

test_undefined_alone if shop.owner with input as base

test_false if 1 > 2

test_not if not shop.deny with input as base

test_not_call if not startswith(base.metadata.name, "w")

# 11 to 15: variables.
test_variable if {
	found := count(shop.deny) with input as base
	found == 7
}

test_variables if {
	some i, name in ["app", "side"]
	name == "main"
	i == 0
}

test_own_rule if base.spec.replicas == expected

test_rules_alone if {
	wanted := 3
	expected == wanted
}

test_imported if count(known) > 2 with input as base

# 16 to 20: objects and arrays.
test_object if shop.summary == {"name": "web", "replicas": 2, "labels": {"app"}} with input as base

test_array if shop.names == ["app", "main", "last"] with input as base

test_nested if base.spec.containers[1] == {"name": "side", "image": "busybox:1.37"}

test_element if shop.names[2] == "side" with input as base

test_key if {
	some key in ["app", "team"]
	base.metadata.labels[key] == "back"
}

# 21 to 25: calls, membership, arithmetic.
test_call if startswith(sprintf("%s-%d", [base.metadata.name, 3]), "api")

test_function if shop.untagged("nginx:1.27")

test_member if "main" in shop.names with input as base

test_arithmetic if (base.spec.replicas * 2) + 1 == 4

test_union if {"app"} | {"side"} == {"app", "main"}

# 26 to 30: every, comprehensions, print, long values, several lines.
test_every if {
	every label in shop.labels {
		startswith(label, "a")
	} with input as base
}

test_every_of_two if {
	least := 4
	every i, name in ["app", "side"] { count(name) + i >= least }
}

test_comprehension if [name | some name in shop.names; count(name) > 3] == ["app"] with input as base

test_print if {
	print("names are", shop.names) with input as base
	count(base.spec.containers) == 3
}

test_long if {
	numbers.range(1, 200) == numbers.range(1, 201)
}
