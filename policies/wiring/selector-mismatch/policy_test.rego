package lintel.wiring.selector_mismatch_test

import data.lintel.wiring.selector_mismatch as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_deployment_web if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "web"},
		"spec": {
			"selector": {"matchLabels": {"app": "web", "tier": "front"}},
			"template": {
				"metadata": {"labels": {"app": "web"}},
				"spec": {
					"initContainers": [{"name": "init", "image": "example.com/web:1"}],
					"containers": [{"name": "web", "image": "example.com/web:1"}],
				},
			},
		},
	}) == {"selector label tier=front of Deployment \"web\" is not on its Pod template"}
}

test_reports_statefulset_db if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "StatefulSet",
		"metadata": {"name": "db"},
		"spec": {
			"template": {
				"metadata": {"labels": {"app": "db"}},
				"spec": {
					"containers": [{"name": "db", "image": "example.com/db:1"}],
					"ephemeralContainers": [{"name": "debug", "image": "example.com/db:1"}],
				},
			},
		},
	}) == {"StatefulSet \"db\" has no selector"}
}

test_reports_daemonset_log if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "DaemonSet",
		"metadata": {"name": "log"},
		"spec": {
			"selector": {"matchExpressions": [{"key": "app", "operator": "In", "values": ["other"]}]},
			"template": {"metadata": {"labels": {"app": "log"}}},
		},
	}) == {"selector term on app of DaemonSet \"log\" does not fit its Pod template"}
}

test_allows_deployment_web if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "web"},
		"spec": {
			"selector": {"matchLabels": {"app": "web"}},
			"template": {"metadata": {"labels": {"app": "web", "version": "v1"}}},
		},
	}) == set()
}

test_allows_replicaset_web if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "ReplicaSet",
		"metadata": {"name": "web"},
		"spec": {
			"selector": {
				"matchExpressions": [
					{"key": "app", "operator": "Exists"},
					{"key": "canary", "operator": "DoesNotExist"},
					{"key": "tier", "operator": "NotIn", "values": ["back"]},
				],
			},
			"template": {"metadata": {"labels": {"app": "web"}}},
		},
	}) == set()
}

# The API server of that version filled the selector in.
test_allows_an_old_deployment_without_selector if {
	messages({"apiVersion": "apps/v1beta1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {"template": {"metadata": {"labels": {"app": "web"}}}}}) == set()
}

test_gives_the_template_the_label if {
	fixes := [f.fix | some f in policy.deny with input as {
		"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
		"spec": {"selector": {"matchLabels": {"a/b": "c"}}, "template": {"metadata": {"labels": {"a/b": "d"}}, "spec": {"containers": []}}},
	}]
	fixes == [[{"op": "add", "path": "/spec/template/metadata/labels/a~1b", "value": "c", "unsafe": true}]]
}
