package lintel.images.image_latest_tag_test

import data.lintel.images.image_latest_tag as policy
import data.lintel.lib.fixture

parameters := {"LT-IMG-001": {"disallowedTags": ["latest"], "allowDigestOnly": true, "exemptImages": []}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "nginx"}) with data.parameters as parameters
	messages == {`container "app" uses image "nginx" without a tag, which means latest`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"image": "nginx:1.27.3"}, {"image": "nginx"}) with data.parameters as parameters
	messages == {`container "setup" uses image "nginx" without a tag, which means latest`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"image": "nginx:1.27.3"}, {"image": "nginx"}) with data.parameters as parameters
	messages == {`container "debug" uses image "nginx" without a tag, which means latest`}
}

test_reports_latest if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "image": "ghcr.io/acme/web:latest"}]}) with data.parameters as parameters
	messages == {`container "app" uses image "ghcr.io/acme/web:latest" with the floating tag "latest"`}
}

test_reports_registry_with_port if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "registry:5000/web"}) with data.parameters as parameters
	messages == {`container "app" uses image "registry:5000/web" without a tag, which means latest`}
}

test_reports_digest_without_tag_when_tags_are_wanted if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}) with data.parameters as {"LT-IMG-001": {"disallowedTags": ["latest"], "allowDigestOnly": false, "exemptImages": []}}
	messages == {`container "app" uses image "web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" without a tag`}
}

test_reports_other_floating_tags if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "web:edge"}) with data.parameters as {"LT-IMG-001": {"disallowedTags": ["latest", "edge"], "allowDigestOnly": true, "exemptImages": []}}
	messages == {`container "app" uses image "web:edge" with the floating tag "edge"`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "nginx:1.27.3"}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"image": "nginx:1.27.3"}, {"image": "nginx:1.27.3"}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"image": "nginx:1.27.3"}, {"image": "nginx:1.27.3"}) with data.parameters as parameters
}

test_accepts_digest if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}) with data.parameters as parameters
}

test_accepts_latest_with_digest if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "web:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}) with data.parameters as parameters
}

test_accepts_upper_case if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "web:LATEST"}) with data.parameters as parameters
}

test_accepts_exempt_image if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "web"}) with data.parameters as {"LT-IMG-001": {"disallowedTags": ["latest"], "allowDigestOnly": true, "exemptImages": ["web"]}}
}
