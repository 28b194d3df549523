package lintel.wiring.duplicate_env_test

import data.lintel.wiring.duplicate_env as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_deployment_web if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "web"},
		"spec": {
			"template": {
				"spec": {
					"initContainers": [
						{
							"name": "init",
							"image": "example.com/a:1",
							"env": [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}],
						},
					],
					"containers": [{"name": "web", "image": "example.com/a:1"}],
				},
			},
		},
	}) == {"container \"init\" sets the environment variable \"A\" twice"}
}

test_reports_pod_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "web"},
		"spec": {
			"containers": [{"name": "web", "image": "example.com/a:1"}],
			"ephemeralContainers": [
				{
					"name": "debug",
					"image": "example.com/a:1",
					"env": [
						{"name": "MODE", "value": "a"},
						{"name": "OTHER", "value": "b"},
						{"name": "MODE", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
					],
				},
			],
		},
	}) == {"container \"debug\" sets the environment variable \"MODE\" twice"}
}

test_allows_pod_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "web"},
		"spec": {
			"initContainers": [{"name": "init", "image": "example.com/a:1", "env": [{"name": "A", "value": "1"}]}],
			"containers": [
				{
					"name": "web",
					"image": "example.com/a:1",
					"env": [{"name": "A", "value": "1"}, {"name": "a", "value": "2"}],
				},
			],
		},
	}) == set()
}

test_allows_pod_none if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "none"},
		"spec": {
			"containers": [{"name": "web", "image": "example.com/a:1"}],
			"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
		},
	}) == set()
}
