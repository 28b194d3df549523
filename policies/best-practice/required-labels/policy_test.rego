package lintel.best_practice.required_labels_test

import data.lintel.best_practice.required_labels as policy

parameters := {"LT-REL-030": {"labels": [{"key": "app.kubernetes.io/name"}, {"key": "app.kubernetes.io/instance"}, {"key": "app.kubernetes.io/version"}, {"key": "app.kubernetes.io/part-of"}, {"key": "app.kubernetes.io/managed-by"}], "kinds": ["Deployment", "StatefulSet", "DaemonSet", "CronJob"], "includeTemplate": true}}

test_reports_none if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "labels": null}, "spec": {"template": {"metadata": {"labels": {}}}}} with data.parameters as parameters
	messages == {
		`Deployment "app" lacks the labels app.kubernetes.io/name, app.kubernetes.io/instance, app.kubernetes.io/version, app.kubernetes.io/part-of, app.kubernetes.io/managed-by`,
		`the Pod template of Deployment "app" lacks the labels app.kubernetes.io/name, app.kubernetes.io/instance, app.kubernetes.io/version, app.kubernetes.io/part-of, app.kubernetes.io/managed-by`,
	}
}

test_reports_one_missing if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "CronJob", "metadata": {"name": "app", "labels": {"team": "a"}}, "spec": {"template": {"metadata": {}}}} with data.parameters as {"LT-REL-030": {"labels": [{"key": "team"}, {"key": "cost"}], "kinds": ["Deployment", "StatefulSet", "DaemonSet", "CronJob"], "includeTemplate": false}}
	messages == {`CronJob "app" lacks the labels cost`}
}

test_reports_a_pattern if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "app", "labels": {"team": "A!"}}, "spec": {"template": {"metadata": {"labels": {"team": "?"}}}}} with data.parameters as {"LT-REL-030": {"labels": [{"key": "team", "allowedRegex": "^[a-z]+$"}], "kinds": ["Deployment", "StatefulSet", "DaemonSet", "CronJob"], "includeTemplate": true}}
	messages == {
		`StatefulSet "app" has the label team with the value "A!", which does not fit its pattern`,
		`the Pod template of StatefulSet "app" has the label team with the value "?", which does not fit its pattern`,
	}
}

test_reports_a_namespace if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}} with data.parameters as {"LT-REL-030": {"labels": [{"key": "team"}], "kinds": ["Namespace"], "includeTemplate": true}}
	messages == {`Namespace "shop" lacks the labels team`}
}

test_accepts_all if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "labels": {"app.kubernetes.io/name": "a", "app.kubernetes.io/instance": "a", "app.kubernetes.io/version": "1", "app.kubernetes.io/part-of": "a", "app.kubernetes.io/managed-by": "a"}}, "spec": {"template": {"metadata": {"labels": {"app.kubernetes.io/name": "a", "app.kubernetes.io/instance": "a", "app.kubernetes.io/version": "1", "app.kubernetes.io/part-of": "a", "app.kubernetes.io/managed-by": "a"}}}}} with data.parameters as parameters
}

test_accepts_another_kind if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}} with data.parameters as parameters
}

test_accepts_a_pattern if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "labels": {"team": "a"}}, "spec": {"template": {"metadata": {"labels": {"team": "a"}}}}} with data.parameters as {"LT-REL-030": {"labels": [{"key": "team", "allowedRegex": "^[a-z]+$"}], "kinds": ["Deployment", "StatefulSet", "DaemonSet", "CronJob"], "includeTemplate": true}}
}

test_accepts_template_left_out if {
	count(policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "app", "labels": {"app.kubernetes.io/name": "a", "app.kubernetes.io/instance": "a", "app.kubernetes.io/version": "1", "app.kubernetes.io/part-of": "a", "app.kubernetes.io/managed-by": "a"}}, "spec": {"template": {"metadata": {}}}} with data.parameters as {"LT-REL-030": {"labels": [{"key": "app.kubernetes.io/name"}, {"key": "app.kubernetes.io/instance"}, {"key": "app.kubernetes.io/version"}, {"key": "app.kubernetes.io/part-of"}, {"key": "app.kubernetes.io/managed-by"}], "kinds": ["Deployment", "StatefulSet", "DaemonSet", "CronJob"], "includeTemplate": false}}
}
