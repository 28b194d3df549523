package lintel.deprecation.deprecated_sa_field_test

import data.lintel.deprecation.deprecated_sa_field as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_pod_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "a"},
		"spec": {
			"serviceAccount": "web",
			"initContainers": [{"name": "init", "image": "example.com/a:1"}],
			"containers": [{"name": "a", "image": "example.com/a:1"}],
		},
	}) == {"Pod \"a\" sets the deprecated field serviceAccount"}
}

test_reports_cronjob_b if {
	messages({
		"apiVersion": "batch/v1",
		"kind": "CronJob",
		"metadata": {"name": "b"},
		"spec": {
			"jobTemplate": {
				"spec": {
					"template": {
						"spec": {
							"serviceAccount": "job",
							"containers": [{"name": "a", "image": "example.com/a:1"}],
							"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
						},
					},
				},
			},
		},
	}) == {"CronJob \"b\" sets the deprecated field serviceAccount"}
}

test_allows_pod_a if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "a"},
		"spec": {"serviceAccountName": "web", "containers": [{"name": "a", "image": "example.com/a:1"}]},
	}) == set()
}

test_allows_pod_b if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "b"},
		"spec": {"containers": [{"name": "a", "image": "example.com/a:1"}]},
	}) == set()
}

test_fixes_what_is_there if {
	fix_of({"serviceAccount": "a"}) == [{"op": "move", "from": "/serviceAccount", "path": "/serviceAccountName"}]
	fix_of({"serviceAccount": "a", "serviceAccountName": "b"}) == [{"op": "remove", "path": "/serviceAccount"}]
	count(fix_of({"serviceAccount": "a", "serviceAccountName": ""})) == 2
}

fix_of(spec) := [f.fix | some f in policy.deny with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": spec}][0]
