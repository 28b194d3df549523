package lintel.images.image_pull_secrets_test

import data.lintel.images.image_pull_secrets as policy
import data.lintel.lib.fixture

parameters := {"LT-IMG-006": {"registries": []}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as {"LT-IMG-006": {"registries": ["registry.example"]}}
	messages == {`container "app" pulls from the private registry registry.example but the Pod has no imagePullSecrets`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"image": "busybox:1"}, {}) with data.parameters as {"LT-IMG-006": {"registries": ["registry.example"]}}
	messages == {`container "setup" pulls from the private registry registry.example but the Pod has no imagePullSecrets`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"image": "busybox:1"}, {}) with data.parameters as {"LT-IMG-006": {"registries": ["registry.example"]}}
	messages == {`container "debug" pulls from the private registry registry.example but the Pod has no imagePullSecrets`}
}

test_accepts_a_secret if {
	count(policy.deny) == 0 with input as fixture.pod({"imagePullSecrets": [{"name": "pull"}], "containers": [{"name": "app", "image": "registry.example/a:1"}]}) with data.parameters as {"LT-IMG-006": {"registries": ["registry.example"]}}
}

test_accepts_no_list if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({}, {}) with data.parameters as parameters
}

test_accepts_public if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"image": "busybox:1"}, {"image": "busybox:1"}) with data.parameters as {"LT-IMG-006": {"registries": ["registry.example"]}}
}

test_accepts_of_the_account if {
	count(policy.deny) == 0 with input as fixture.deployment({"serviceAccountName": "web", "containers": [{"name": "app", "image": "registry.example/a:1"}]}) with data.parameters as {"LT-IMG-006": {"registries": ["registry.example"]}} with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}, "imagePullSecrets": [{"name": "pull"}]}])
}
