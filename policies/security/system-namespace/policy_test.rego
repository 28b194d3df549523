package lintel.security.system_namespace_test

import data.lintel.lib.fixture
import data.lintel.security.system_namespace as policy

parameters := {"LT-POD-050": {"namespaces": ["kube-system", "kube-public", "kube-node-lease"], "allowedNames": []}}

test_reports_a_pod if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "namespace": "kube-system"}, "spec": {"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}} with data.parameters as parameters
	messages == {`Pod "x" runs in the system namespace kube-system`}
}

test_reports_a_deployment if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "x", "namespace": "kube-public"}} with data.parameters as parameters
	messages == {`Deployment "x" runs in the system namespace kube-public`}
}

test_accepts_another if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters
}

test_accepts_a_template if {
	count(policy.deny) == 0 with input as fixture.deployment({}) with data.parameters as parameters
}

test_accepts_an_allowed_name if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "coredns", "namespace": "kube-system"}} with data.parameters as {"LT-POD-050": {"namespaces": ["kube-system", "kube-public", "kube-node-lease"], "allowedNames": ["coredns"]}}
}

test_allows_static_pods_of_the_control_plane if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "etcd", "namespace": "kube-system", "labels": {"component": "etcd", "tier": "control-plane"}}, "spec": {"containers": [{"name": "etcd"}]}} with data.parameters as parameters
}
