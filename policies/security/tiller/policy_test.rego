package lintel.security.tiller_test

import data.lintel.lib.fixture
import data.lintel.security.tiller as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "ghcr.io/helm/tiller:v2.17.0"})
	messages == {`container "app" runs Tiller (ghcr.io/helm/tiller:v2.17.0)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"image": "a"}, {"image": "ghcr.io/helm/tiller:v2.17.0"})
	messages == {`container "setup" runs Tiller (ghcr.io/helm/tiller:v2.17.0)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"image": "a"}, {"image": "ghcr.io/helm/tiller:v2.17.0"})
	messages == {`container "debug" runs Tiller (ghcr.io/helm/tiller:v2.17.0)`}
}

test_reports_a_service if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "tiller-deploy", "labels": {"app": "helm", "name": "tiller"}}}
	messages == {`Service "tiller-deploy" carries the labels of Tiller`}
}

test_reports_a_template if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "t"}, "spec": {"template": {"metadata": {"labels": {"app": "helm", "name": "tiller"}}, "spec": {"containers": [{"name": "x", "image": "x"}]}}}}
	messages == {`the Pods of Deployment "t" carry the labels of Tiller`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "ghcr.io/acme/not-tiller:1"})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"image": "ghcr.io/acme/not-tiller:1"}, {"image": "ghcr.io/acme/not-tiller:1"})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"image": "ghcr.io/acme/not-tiller:1"}, {"image": "ghcr.io/acme/not-tiller:1"})
}

test_accepts_other_labels if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "labels": {"app": "helm"}}}
}
