package lintel.images.image_registry_test

import data.lintel.images.image_registry as policy
import data.lintel.lib.fixture

parameters := {"LT-IMG-004": {"allowedRepos": [], "deniedRepos": [], "exemptImages": []}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "evil.example/web:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme", "docker.io/library/nginx"], "deniedRepos": [], "exemptImages": []}}
	messages == {`container "app" uses image "evil.example/web:1": evil.example/web is not on the list of allowed repositories`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"image": "ghcr.io/acme/web:1"}, {"image": "evil.example/web:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme", "docker.io/library/nginx"], "deniedRepos": [], "exemptImages": []}}
	messages == {`container "setup" uses image "evil.example/web:1": evil.example/web is not on the list of allowed repositories`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"image": "ghcr.io/acme/web:1"}, {"image": "evil.example/web:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme", "docker.io/library/nginx"], "deniedRepos": [], "exemptImages": []}}
	messages == {`container "debug" uses image "evil.example/web:1": evil.example/web is not on the list of allowed repositories`}
}

test_reports_same_letters_other_segment if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "ghcr.io/acme-evil/web:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme", "docker.io/library/nginx"], "deniedRepos": [], "exemptImages": []}}
	messages == {`container "app" uses image "ghcr.io/acme-evil/web:1": ghcr.io/acme-evil/web is not on the list of allowed repositories`}
}

test_reports_docker_hub_name if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "image": "redis:7"}]}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme", "docker.io/library/nginx"], "deniedRepos": [], "exemptImages": []}}
	messages == {`container "app" uses image "redis:7": docker.io/library/redis is not on the list of allowed repositories`}
}

test_reports_denied if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "quay.io/old/web:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": [], "deniedRepos": ["quay.io/old"], "exemptImages": []}}
	messages == {`container "app" uses image "quay.io/old/web:1": quay.io/old/web is refused by the deny list`}
}

test_reports_denied_below_allowed if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "ghcr.io/acme/legacy/web:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme/"], "deniedRepos": ["ghcr.io/acme/legacy"], "exemptImages": []}}
	messages == {`container "app" uses image "ghcr.io/acme/legacy/web:1": ghcr.io/acme/legacy/web is refused by the deny list`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "ghcr.io/acme/web:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme", "docker.io/library/nginx"], "deniedRepos": [], "exemptImages": []}}
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"image": "ghcr.io/acme/web:1"}, {"image": "ghcr.io/acme/web:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme", "docker.io/library/nginx"], "deniedRepos": [], "exemptImages": []}}
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"image": "ghcr.io/acme/web:1"}, {"image": "ghcr.io/acme/web:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme", "docker.io/library/nginx"], "deniedRepos": [], "exemptImages": []}}
}

test_accepts_library_filled_in if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "nginx:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme", "docker.io/library/nginx"], "deniedRepos": [], "exemptImages": []}}
}

test_accepts_no_list if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "evil.example/web:1"}) with data.parameters as parameters
}

test_accepts_exempt_image if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "evil.example/web:1"}) with data.parameters as {"LT-IMG-004": {"allowedRepos": ["ghcr.io/acme", "docker.io/library/nginx"], "deniedRepos": [], "exemptImages": ["evil.example/web:*"]}}
}
