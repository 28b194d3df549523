package lintel.best_practice.default_namespace_test

import data.lintel.best_practice.default_namespace as policy
import data.lintel.lib.fixture

parameters := {"LT-POD-060": {"ignoreEmpty": false, "ignoreKinds": []}}

test_reports_default if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "default"}} with data.parameters as parameters
	messages == {`ConfigMap "settings" is put into the default namespace`}
}

test_reports_none if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}} with data.parameters as parameters
	messages == {`ConfigMap "settings" names no namespace and lands in default`}
}

test_reports_empty if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": ""}} with data.parameters as parameters
	messages == {`ConfigMap "settings" names no namespace and lands in default`}
}

test_reports_a_pod_with_init_and_ephemeral_containers if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "app", "namespace": "default"}, "spec": {"initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}]}} with data.parameters as parameters
	messages == {`Pod "app" is put into the default namespace`}
}

test_accepts_another if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "shop"}} with data.parameters as parameters
}

test_accepts_a_pod if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({}, {}) with data.parameters as parameters
}

test_accepts_an_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({}, {}) with data.parameters as parameters
}

test_accepts_none_when_ignored if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}} with data.parameters as {"LT-POD-060": {"ignoreEmpty": true, "ignoreKinds": []}}
}

test_accepts_an_ignored_kind if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}} with data.parameters as {"LT-POD-060": {"ignoreEmpty": false, "ignoreKinds": ["ConfigMap"]}}
}
