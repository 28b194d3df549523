package lintel.reliability.bare_pod_test

import data.lintel.lib.fixture
import data.lintel.reliability.bare_pod as policy

test_reports_a_pod if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {})
	messages == {`Pod "app" is not managed by a controller`}
}

test_reports_no_owners if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "ownerReferences": []}, "spec": {"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}}
	messages == {`Pod "x" is not managed by a controller`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({}, {})
	messages == {`Pod "app" is not managed by a controller`}
}

test_accepts_owned if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "ownerReferences": [{"kind": "ReplicaSet"}]}}
}

test_accepts_helm_hook if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "annotations": {"helm.sh/hook": "x"}}, "spec": {"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}}
}

test_accepts_argo_hook if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "annotations": {"argocd.argoproj.io/hook": "x"}}, "spec": {"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}}
}

test_accepts_static_pod if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x", "annotations": {"kubernetes.io/config.source": "x"}}, "spec": {"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}}
}
