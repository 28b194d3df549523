package lintel.lib.index_test

import data.lintel.lib.fixture
import data.lintel.lib.index
import data.lintel.lib.partners

labelled(name, labels) := {
	"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "namespace": "shop"},
	"spec": {"template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "c"}]}}},
}

service(name, wanted) := {
	"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": "shop", "labels": {"tier": name}},
	"spec": {"selector": wanted},
}

objects := fixture.inventory([
	labelled("web", {"app": "web", "part": "shop"}),
	labelled("web-2", {"app": "web", "part": "shop"}),
	labelled("api", {"app": "api", "part": "shop"}),
	labelled("bare", {}),
	service("web", {"app": "web", "part": "shop"}),
	service("shop", {"part": "shop"}),
	service("shop-2", {"part": "shop"}),
	service("none", {"app": "none"}),
])

names(query) := {entry.object.metadata.name |
	some group in index.selected("pods", "shop", query)
	some entry in group.members
}

test_selectors_find_members if {
	cases := [
		[{"matchLabels": {"app": "web"}}, {"web", "web-2"}],
		[{"matchLabels": {"part": "shop", "app": "api"}}, {"api"}],
		[{"matchLabels": {"part": "shop", "app": "none"}}, set()],
		[{}, {"web", "web-2", "api", "bare"}],
		[{"matchExpressions": [{"key": "app", "operator": "In", "values": ["api", "web", "api"]}]}, {"web", "web-2", "api"}],
		[{"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["web"]}]}, {"api", "bare"}],
		[{"matchExpressions": [{"key": "app", "operator": "Exists"}]}, {"web", "web-2", "api"}],
		[{"matchExpressions": [{"key": "app", "operator": "DoesNotExist"}]}, {"bare"}],
		[{"matchLabels": {"part": "shop"}, "matchExpressions": [{"key": "app", "operator": "In", "values": ["api"]}]}, {"api"}],
		["no selector", set()],
	]
	every case in cases { names(case[0]) == case[1] with data.inventory as objects }
	not index.finds("pods", "other", {}) with data.inventory as objects
}

test_members_with_the_same_labels_are_one_group if {
	count(index.selected("pods", "shop", {"matchLabels": {"app": "web"}})) == 1 with data.inventory as objects
}

covering(labels) := {owner.metadata.name |
	some query in index.covering("services", "shop", labels)
	some owner in query.owners
}

test_owners_are_found_by_the_labels_they_select if {
	covering({"app": "web", "part": "shop"}) == {"web", "shop", "shop-2"} with data.inventory as objects
	covering({"app": "web"}) == set() with data.inventory as objects
	covering({}) == set() with data.inventory as objects
	count(index.covering("services", "shop", {"part": "shop"})) == 1 with data.inventory as objects
}

test_empty_selectors_cover_everything if {
	policy := {
		"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "all", "namespace": "shop"}, "spec": {},
	}
	count(index.covering("policies", "shop", {"any": "label"})) == 1 with data.inventory as fixture.inventory([policy])
}

test_partners_are_bounded if {
	many := partners.of({sprintf("n%d", [number]) | some number in numbers.range(1, 9)})
	partners.without(many, "n2") == "n1, n3, n4, n5, n6 and 3 more"
	partners.without(many, "n9") == "n1, n2, n3, n4, n5 and 3 more"
	partners.without(many, "other") == "n1, n2, n3, n4, n5 and 4 more"
	partners.without(partners.of({"a", "b"}), "a") == "b"
	not partners.without(partners.of({"a"}), "a")
	partners.all(["a", "b"]) == "a, b"
}
