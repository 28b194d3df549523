package lintel.security.dashboard_test

import data.lintel.lib.fixture
import data.lintel.security.dashboard as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"image": "kubernetesui/dashboard:v2.7.0"})
	messages == {`container "app" runs the Kubernetes Dashboard (kubernetesui/dashboard:v2.7.0)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"image": "acme/dashboard:1"}, {"image": "kubernetesui/dashboard:v2.7.0"})
	messages == {`container "setup" runs the Kubernetes Dashboard (kubernetesui/dashboard:v2.7.0)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"image": "acme/dashboard:1"}, {"image": "kubernetesui/dashboard:v2.7.0"})
	messages == {`container "debug" runs the Kubernetes Dashboard (kubernetesui/dashboard:v2.7.0)`}
}

test_reports_a_service if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "d", "labels": {"k8s-app": "kubernetes-dashboard"}}}
	messages == {`Service "d" belongs to the Kubernetes Dashboard`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"image": "acme/dashboard:1"})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"image": "acme/dashboard:1"}, {"image": "acme/dashboard:1"})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"image": "acme/dashboard:1"}, {"image": "acme/dashboard:1"})
}

test_accepts_another_service if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "d", "labels": {"k8s-app": "web"}}}
}
