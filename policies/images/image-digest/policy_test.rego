package lintel.images.image_digest_test

import data.lintel.images.image_digest as policy
import data.lintel.lib.fixture

parameters := {"LT-IMG-002": {"exemptImages": []}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "nginx:1.27.3"}) with data.parameters as parameters
	messages == {`container "app" uses image "nginx:1.27.3", which is not pinned by a sha256 digest`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"image": "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}, {"image": "nginx:1.27.3"}) with data.parameters as parameters
	messages == {`container "setup" uses image "nginx:1.27.3", which is not pinned by a sha256 digest`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"image": "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}, {"image": "nginx:1.27.3"}) with data.parameters as parameters
	messages == {`container "debug" uses image "nginx:1.27.3", which is not pinned by a sha256 digest`}
}

test_reports_short_digest if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "web@sha256:abc"}) with data.parameters as parameters
	messages == {`container "app" uses image "web@sha256:abc", which is not pinned by a sha256 digest`}
}

test_reports_odd_digest if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "web@sha256:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"}) with data.parameters as parameters
	messages == {`container "app" uses image "web@sha256:zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", which is not pinned by a sha256 digest`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"image": "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}, {"image": "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"image": "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}, {"image": "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}) with data.parameters as parameters
}

test_accepts_tag_and_digest if {
	count(policy.deny) == 0 with input as fixture.deployment({"containers": [{"name": "app", "image": "ghcr.io/acme/web:1.0.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}]}) with data.parameters as parameters
}

test_accepts_exempt_image if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "registry.example/dev/web:1"}) with data.parameters as {"LT-IMG-002": {"exemptImages": ["registry.example/dev/*"]}}
}
