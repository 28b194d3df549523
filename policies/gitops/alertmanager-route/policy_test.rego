package lintel.gitops.alertmanager_route_test

import data.lintel.gitops.alertmanager_route as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_alertmanagerconfigfile_alertmanagerconfigfile if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "AlertmanagerConfigFile",
		"config": {
			"route": {"receiver": "default", "routes": [{"receiver": "gone", "mute_time_intervals": ["night"]}]},
			"receivers": [{"name": "default"}, {"name": "idle"}],
			"inhibit_rules": [{"source_matchers": ["severity=\"critical\""], "target_matchers": ["severity=\"warning\""]}],
		},
	}) == {"a route names the receiver \"gone\", which is not defined", "a route names the time interval \"night\", which is not defined", "an inhibit rule compares no labels, so one alert silences all its targets", "receiver \"idle\" is used by no route"}
}

test_reports_configmap_alertmanager if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "alertmanager"},
		"data": {"alertmanager.yml": "route: {}\nreceivers: []"},
	}) == {"the root route names no receiver"}
}

test_allows_alertmanagerconfigfile_alertmanagerconfigfile if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "AlertmanagerConfigFile",
		"config": {
			"route": {
				"receiver": "default",
				"routes": [
					{
						"receiver": "pager",
						"active_time_intervals": ["day"],
						"routes": [{"match": {"a": "b"}, "receiver": "default"}],
					},
				],
			},
			"receivers": [{"name": "default"}, {"name": "pager"}],
			"time_intervals": [{"name": "day"}],
			"inhibit_rules": [{"source_matchers": ["a=\"b\""], "target_matchers": ["c=\"d\""], "equal": ["namespace"]}],
		},
	}) == set()
}

test_allows_alertmanagerconfig_team if {
	messages({
		"apiVersion": "monitoring.coreos.com/v1alpha1",
		"kind": "AlertmanagerConfig",
		"metadata": {"name": "team"},
		"spec": {"route": {"receiver": "team"}, "receivers": [{"name": "team"}]},
	}) == set()
}
