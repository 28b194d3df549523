package lintel.wiring.duplicate_object_test

import data.lintel.wiring.duplicate_object as policy

messages(object, places, parameters) := {found.msg |
	some found in policy.deny with input as object with data.places as places with data.parameters as {"LT-REF-018": parameters}
}

config_map(namespace, mode) := {
	"apiVersion": "v1",
	"kind": "ConfigMap",
	"metadata": {"name": "settings", "namespace": namespace},
	"data": {"mode": mode},
}

scaler(version) := {
	"apiVersion": concat("/", ["autoscaling", version]),
	"kind": "HorizontalPodAutoscaler",
	"metadata": {"name": "web"},
}

role := {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "reader"}}

at(folder, line, object) := {"file": concat("/", [folder, "all.yaml"]), "folder": folder, "line": line, "object": object}

places := {
	"": {"ConfigMap": {
		"shop": {"settings": [
			at("prod", 1, config_map("shop", "slow")),
			at("prod", 9, config_map("shop", "fast")),
			at("test", 1, config_map("shop", "test")),
		]},
		"other": {"settings": [at("prod", 20, config_map("other", "slow"))]},
	}},
	"autoscaling": {"HorizontalPodAutoscaler": {"default": {"web": [at("a", 1, scaler("v1")), at("a", 7, scaler("v2"))]}}},
	"rbac.authorization.k8s.io": {"ClusterRole": {"": {"reader": [at("a", 1, role), at("b", 1, role)]}}},
}

within := {"acrossFolders": false}

across := {"acrossFolders": true}

test_reports_two_in_a_folder if {
	expected := {`ConfigMap "settings" is defined 2 times: prod/all.yaml:1, prod/all.yaml:9`}
	messages(config_map("shop", "slow"), places, within) == expected
	messages(config_map("shop", "fast"), places, within) == expected
}

test_reports_two_versions_of_a_group if {
	expected := {`HorizontalPodAutoscaler "web" is defined 2 times: a/all.yaml:1, a/all.yaml:7`}
	messages(scaler("v1"), places, within) == expected
	messages(scaler("v2"), places, within) == expected
}

test_reports_two_folders_when_asked if {
	messages(role, places, across) == {`ClusterRole "reader" is defined 2 times: a/all.yaml:1, b/all.yaml:1`}
}

test_allows_one_in_each_folder if {
	messages(config_map("shop", "test"), places, within) == set()
	messages(role, places, within) == set()
}

test_allows_another_namespace if {
	messages(config_map("other", "slow"), places, across) == set()
}

test_allows_generated_names if {
	messages({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"generateName": "job-"}}, places, across) == set()
}
