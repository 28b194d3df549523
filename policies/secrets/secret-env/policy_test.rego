package lintel.secrets.secret_env_test

import data.lintel.secrets.secret_env as policy

defaults := {"LT-SEC-003": {"exempt": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_pod_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "a"},
		"spec": {
			"initContainers": [
				{
					"name": "init",
					"image": "example.com/a:1",
					"env": [{"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}],
				},
			],
			"containers": [{"name": "a", "image": "example.com/a:1", "envFrom": [{"secretRef": {"name": "all"}}]}],
		},
	}) == {"container \"a\" reads all of Secret \"all\" into its environment", "container \"init\" reads Secret \"db\" into the environment variable PASSWORD"}
}

test_reports_deployment_b if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "b"},
		"spec": {
			"template": {
				"spec": {
					"containers": [{"name": "a", "image": "example.com/a:1"}],
					"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1", "envFrom": [{"secretRef": {"name": "all"}}]}],
				},
			},
		},
	}) == {"container \"debug\" reads all of Secret \"all\" into its environment"}
}

test_allows_pod_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "a"},
		"spec": {
			"initContainers": [{"name": "init", "image": "example.com/a:1", "env": [{"name": "A", "value": "b"}]}],
			"containers": [{"name": "a", "image": "example.com/a:1", "volumeMounts": [{"name": "s", "mountPath": "/s"}]}],
			"volumes": [{"name": "s", "secret": {"secretName": "db"}}],
		},
	}) == set()
}

test_allows_pod_b if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "b"},
		"spec": {
			"containers": [{"name": "a", "image": "example.com/a:1", "envFrom": [{"configMapRef": {"name": "c"}}]}],
			"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
		},
	}) == set()
}
