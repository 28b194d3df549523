package lintel.images.image_pull_policy_test

import data.lintel.images.image_pull_policy as policy
import data.lintel.lib.fixture

parameters := {"LT-IMG-003": {"allowWithDigest": true}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "nginx:1.27.3", "imagePullPolicy": "IfNotPresent"}) with data.parameters as parameters
	messages == {`container "app" pulls image "nginx:1.27.3" with policy IfNotPresent`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"image": "nginx:1.27.3", "imagePullPolicy": "Always"}, {"image": "nginx:1.27.3", "imagePullPolicy": "IfNotPresent"}) with data.parameters as parameters
	messages == {`container "setup" pulls image "nginx:1.27.3" with policy IfNotPresent`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"image": "nginx:1.27.3", "imagePullPolicy": "Always"}, {"image": "nginx:1.27.3", "imagePullPolicy": "IfNotPresent"}) with data.parameters as parameters
	messages == {`container "debug" pulls image "nginx:1.27.3" with policy IfNotPresent`}
}

test_reports_default_for_a_tag if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "image": "ghcr.io/acme/web:1.0.0"}]}) with data.parameters as parameters
	messages == {`container "app" pulls image "ghcr.io/acme/web:1.0.0" with policy IfNotPresent`}
}

test_reports_never if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"imagePullPolicy": "Never"}) with data.parameters as parameters
	messages == {`container "app" pulls image "registry.example/app:1.4.2" with policy Never`}
}

test_reports_digest_when_not_accepted if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}) with data.parameters as {"LT-IMG-003": {"allowWithDigest": false}}
	messages == {`container "app" pulls image "web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" with policy IfNotPresent`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "nginx:1.27.3", "imagePullPolicy": "Always"}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"image": "nginx:1.27.3", "imagePullPolicy": "Always"}, {"image": "nginx:1.27.3", "imagePullPolicy": "Always"}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"image": "nginx:1.27.3", "imagePullPolicy": "Always"}, {"image": "nginx:1.27.3", "imagePullPolicy": "Always"}) with data.parameters as parameters
}

test_accepts_default_for_latest if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "web:latest"}) with data.parameters as parameters
}

test_accepts_default_without_tag if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "web"}) with data.parameters as parameters
}

test_accepts_digest if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "imagePullPolicy": "IfNotPresent"}) with data.parameters as parameters
}
