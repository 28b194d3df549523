package lintel.lib.world_test

import data.lintel.lib.world

service(name) := {"kind": "Service", "metadata": {"name": name}}

inventory := {"namespace": {"shop": {"v1": {"Service": {"web": service("web"), "db-1": service("db-1")}}}}, "cluster": {}}

judged(name) := verdict if {
	verdict := world.missing("shop", "", "Service", name) with data.inventory as inventory
}

test_a_mistyped_name_is_a_mistake if {
	every name in ["wen", "webb", "weeb"] { judged(name) == {"sure": true, "hint": "; there is Service \"web\""} }
}

test_everything_else_is_unknown if {
	every name in ["gone", "db-2", "redis", "we"] { not judged(name) }
	world.missing("shop", "", "Service", "gone") == {"sure": false, "hint": ""} with data.inventory as inventory with data.settings as {"strict_references": true}
}

test_what_the_configuration_names_exists if {
	settings := {"strict_references": true, "existing": [{"kind": "Service", "namespace": "sh*", "name": "go*"}, {"kind": "Secret"}]}
	not world.missing("shop", "", "Service", "gone") with data.inventory as inventory with data.settings as settings
	not world.missing("shop", "", "Secret", "any") with data.inventory as inventory with data.settings as settings
	world.missing("shop", "", "ConfigMap", "gone") with data.inventory as inventory with data.settings as settings
}

pod(labels) := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "labels": labels}, "spec": {"containers": [{"name": "a"}]}}

pods(labels) := {"namespace": {"shop": {"v1": {"Pod": {"web": pod(labels)}}}}, "cluster": {}}

selecting(wanted, labels) := verdict if {
	verdict := world.unselected("shop", wanted) with data.inventory as pods(labels)
}

test_a_selector_with_one_other_pair_is_a_mistake if {
	selecting({"app": "wbe"}, {"app": "web"}).sure
	selecting({"app": "web", "part": "front"}, {"app": "web"}).sure
	not selecting({"app": "other"}, {"app": "web"})
	not selecting({"app.kubernetes.io/instance": "a", "app": "x"}, {"app.kubernetes.io/instance": "a"})
	not selecting({"app": "web", "part": "front"}, {"app": "web", "part": "back"})
}

test_operators_may_make_pods if {
	made := {"namespace": {"shop": {"v1": {"Pod": {"web": pod({"app": "web"})}}, "example.org/v1": {"Database": {"a": {}}}}}, "cluster": {}}
	not world.unselected("shop", {"app": "wbe"}) with data.inventory as made
}

test_labels_of_controllers_are_left_out if {
	world.settled({"app": "a", "statefulset.kubernetes.io/pod-name": "a-0", "batch.kubernetes.io/job-name": "x"}) == {"app": "a"}
	world.settled_selector({"matchLabels": {"job-name": "x"}, "matchExpressions": []}) == {"matchLabels": null, "matchExpressions": []}
	world.settled_selector({"matchLabels": {"app": "x"}}) == {"matchLabels": {"app": "x"}}
	world.pairs({}) == {}
}
