package lintel.images.image_deprecated_registry_test

import data.lintel.images.image_deprecated_registry as policy
import data.lintel.lib.fixture

parameters := {"LT-IMG-005": {"registries": ["k8s.gcr.io", "gcr.io/google_containers", "gcr.io/google-containers", "docker.io/bitnamilegacy", "quay.io/coreos/etcd-operator"]}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "k8s.gcr.io/pause:3.9"}) with data.parameters as parameters
	messages == {`container "app" uses image "k8s.gcr.io/pause:3.9" from the frozen registry k8s.gcr.io`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"image": "registry.k8s.io/pause:3.9"}, {"image": "k8s.gcr.io/pause:3.9"}) with data.parameters as parameters
	messages == {`container "setup" uses image "k8s.gcr.io/pause:3.9" from the frozen registry k8s.gcr.io`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"image": "registry.k8s.io/pause:3.9"}, {"image": "k8s.gcr.io/pause:3.9"}) with data.parameters as parameters
	messages == {`container "debug" uses image "k8s.gcr.io/pause:3.9" from the frozen registry k8s.gcr.io`}
}

test_reports_another if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "image": "bitnamilegacy/redis:7"}]}) with data.parameters as parameters
	messages == {`container "app" uses image "bitnamilegacy/redis:7" from the frozen registry docker.io/bitnamilegacy`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "registry.k8s.io/pause:3.9"}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"image": "registry.k8s.io/pause:3.9"}, {"image": "registry.k8s.io/pause:3.9"}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"image": "registry.k8s.io/pause:3.9"}, {"image": "registry.k8s.io/pause:3.9"}) with data.parameters as parameters
}

test_accepts_other_list if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "k8s.gcr.io/pause:3.9"}) with data.parameters as {"LT-IMG-005": {"registries": []}}
}
