package lintel.best_practice.label_values_test

import data.lintel.best_practice.label_values as policy
import data.lintel.lib.fixture

test_reports_a_space if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "labels": {"team": "web shop"}}}
	messages == {`the label team of ConfigMap "x" has the value "web shop", which is not valid`}
}

test_reports_a_number if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "labels": {"version": 1.2}}}
	messages == {`the label version of ConfigMap "x" is 1.2, not a text`}
}

test_reports_too_long if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "labels": {"a": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}}}
	messages == {`the label a of ConfigMap "x" has the value "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", which is not valid`}
}

test_reports_a_name if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "labels": {"bad key": "x", "-x": "y"}}}
	messages == {
		`the label -x of ConfigMap "x" has a name that is not valid`,
		`the label bad key of ConfigMap "x" has a name that is not valid`,
	}
}

test_reports_a_template if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "x"}, "spec": {"template": {"metadata": {"labels": {"a": "b!"}}}}}
	messages == {`the label a of Deployment "x" has the value "b!", which is not valid`}
}

test_accepts_fine if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "labels": {"app.kubernetes.io/name": "web-1.2_x", "empty": ""}}}
}

test_accepts_none if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]})
}

test_accepts_a_template if {
	count(policy.deny) == 0 with input as fixture.deployment({})
}
