package lintel.wiring.port_names_test

import data.lintel.wiring.port_names as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_pod_bad if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "bad"},
		"spec": {
			"initContainers": [
				{
					"name": "sidecar",
					"image": "example.com/a:1",
					"restartPolicy": "Always",
					"ports": [{"name": "metrics", "containerPort": 9090}],
				},
			],
			"containers": [
				{
					"name": "a",
					"image": "example.com/a:1",
					"ports": [
						{"name": "HTTP", "containerPort": 80},
						{"name": "a-much-too-long-name", "containerPort": 81},
						{"name": "metrics", "containerPort": 82},
					],
				},
			],
			"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1", "ports": [{"name": "8080", "containerPort": 8080}]}],
		},
	}) == {"port name \"8080\" of container \"debug\" is no valid port name", "port name \"HTTP\" of container \"a\" is no valid port name", "port name \"a-much-too-long-name\" of container \"a\" is no valid port name", "port name \"metrics\" of container \"a\" is also used by another container of the Pod"}
}

test_reports_service_two if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "two"},
		"spec": {
			"ports": [
				{"name": "http", "port": 80, "targetPort": "Web"},
				{"name": "http", "port": 81},
				{"port": 82},
				{"name": "Under_score", "port": 83},
			],
		},
	}) == {"a port of Service \"two\" has no name, although there are several", "port name \"Under_score\" of Service \"two\" is no valid name", "port name \"http\" of Service \"two\" is used twice", "targetPort \"Web\" of Service \"two\" is no valid port name"}
}

test_reports_pod_twice if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "twice"},
		"spec": {
			"containers": [
				{
					"name": "a",
					"image": "example.com/a:1",
					"ports": [{"name": "http", "containerPort": 80}, {"name": "http", "containerPort": 81}],
				},
			],
		},
	}) == {"port name \"http\" of container \"a\" is used twice"}
}

test_allows_pod_good if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "good"},
		"spec": {
			"initContainers": [{"name": "init", "image": "example.com/a:1", "ports": [{"name": "http", "containerPort": 1}]}],
			"containers": [
				{
					"name": "a",
					"image": "example.com/a:1",
					"ports": [{"name": "http", "containerPort": 80}, {"containerPort": 81}],
				},
				{"name": "b", "image": "example.com/a:1", "ports": [{"name": "grpc-2", "containerPort": 82}]},
			],
			"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
		},
	}) == set()
}

test_allows_service_one if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "one"},
		"spec": {"ports": [{"port": 80, "targetPort": "8080"}]},
	}) == set()
}

test_allows_service_long if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "long"},
		"spec": {
			"ports": [
				{"name": "a-name-longer-than-fifteen", "port": 80, "targetPort": "http"},
				{"name": "b", "port": 81, "targetPort": 8080},
			],
		},
	}) == set()
}

test_accepts_an_empty_name if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "web"},
		"spec": {"containers": [
			{"name": "a", "ports": [{"name": "", "containerPort": 80}, {"name": "", "containerPort": 81}]},
			{"name": "b", "ports": [{"name": "", "containerPort": 82}]},
		]},
	}) == set()
}
