package lintel.security.git_sync_test

import data.lintel.lib.fixture
import data.lintel.security.git_sync as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "env": [{"name": "GITSYNC_PASSWORD", "value": "x"}]})
	messages == {`container "app" of git-sync sets GITSYNC_PASSWORD`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "env": [{"name": "GITSYNC_REPO", "value": "https://git.example/x"}]}, {"image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "env": [{"name": "GITSYNC_PASSWORD", "value": "x"}]})
	messages == {`container "setup" of git-sync sets GITSYNC_PASSWORD`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "env": [{"name": "GITSYNC_REPO", "value": "https://git.example/x"}]}, {"image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "env": [{"name": "GITSYNC_PASSWORD", "value": "x"}]})
	messages == {`container "debug" of git-sync sets GITSYNC_PASSWORD`}
}

test_reports_an_argument if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "sync", "image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "args": ["--exechook-command=/x"]}]})
	messages == {`container "sync" of git-sync is started with --exechook-command`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "env": [{"name": "GITSYNC_REPO", "value": "https://git.example/x"}]})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "env": [{"name": "GITSYNC_REPO", "value": "https://git.example/x"}]}, {"image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "env": [{"name": "GITSYNC_REPO", "value": "https://git.example/x"}]})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "env": [{"name": "GITSYNC_REPO", "value": "https://git.example/x"}]}, {"image": "registry.k8s.io/git-sync/git-sync:v4.2.1", "env": [{"name": "GITSYNC_REPO", "value": "https://git.example/x"}]})
}

test_accepts_another_image if {
	count(policy.deny) == 0 with input as fixture.pod_with({"args": ["--password=x"]})
}
