package lintel.security.seccomp_annotation_test

import data.lintel.lib.fixture
import data.lintel.security.seccomp_annotation as policy

test_reports_the_pod if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}}, "spec": {"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}}
	messages == {"the annotation seccomp.security.alpha.kubernetes.io/pod has no effect"}
}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.seccomp.security.alpha.kubernetes.io/app": "x"}}, "spec": {}}
	messages == {"the annotation container.seccomp.security.alpha.kubernetes.io/app has no effect"}
}

test_accepts_none if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]})
}

test_accepts_other_annotations if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"a": "b"}}, "spec": {}}
}

test_moves_the_profile if {
	fixes({"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}) == [
		{"op": "add", "path": "/spec/securityContext/seccompProfile", "value": {"type": "RuntimeDefault"}},
		{"op": "remove", "path": "metadata.annotations[\"seccomp.security.alpha.kubernetes.io/pod\"]", "unsafe": true},
	]
	fixes({"container.seccomp.security.alpha.kubernetes.io/app": "localhost/a.json"})[0] == {"op": "add", "path": "/spec/containers/0/securityContext/seccompProfile", "value": {"type": "Localhost", "localhostProfile": "a.json"}}
	fixes({"container.seccomp.security.alpha.kubernetes.io/app": "unconfined"})[0].value == {"type": "Unconfined"}
	count(fixes({"container.seccomp.security.alpha.kubernetes.io/other": "unconfined"})) == 1
}

fixes(annotations) := [f.fix | some f in policy.deny with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": annotations}, "spec": {"containers": [{"name": "app"}]}}][0]

test_accepts_two_containers_of_one_name if {
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.seccomp.security.alpha.kubernetes.io/app": "unconfined"}}, "spec": {"containers": [{"name": "app"}, {"name": "app"}]}}
	found := [f.fix | some f in policy.deny with input as pod][0]
	found[0].path == "/spec/containers/0/securityContext/seccompProfile"
}
