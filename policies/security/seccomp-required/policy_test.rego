package lintel.security.seccomp_required_test

import data.lintel.lib.fixture
import data.lintel.security.seccomp_required as policy

parameters := {"LT-POD-024": {"allowedProfiles": ["RuntimeDefault", "Localhost"], "localhostProfiles": []}}

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"seccompProfile": {"type": "Unconfined"}}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has the seccomp profile Unconfined`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"seccompProfile": {"type": "Unconfined"}}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "setup" has the seccomp profile Unconfined`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"seccompProfile": {"type": "Unconfined"}}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "debug" has the seccomp profile Unconfined`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no seccomp profile, and neither has the Pod (securityContext.seccompProfile)`}
}

test_reports_pod_level if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"securityContext": {"seccompProfile": {"type": "Unconfined"}}, "containers": [{"name": "app", "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}]}) with data.parameters as parameters with data.settings as settings
	messages == {"the Pod has the seccomp profile Unconfined"}
}

test_reports_one_of_two if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"containers": [{"name": "app", "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}, {"name": "proxy"}]}) with data.parameters as parameters with data.settings as settings
	messages == {`container "proxy" has no seccomp profile, and neither has the Pod (securityContext.seccompProfile)`}
}

test_reports_no_type if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"seccompProfile": {}}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has the seccomp profile without a type`}
}

test_reports_null_everywhere if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"seccompProfile": null}, "containers": [{"name": "app", "securityContext": {"seccompProfile": null}}]}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no seccomp profile, and neither has the Pod (securityContext.seccompProfile)`}
}

test_reports_an_annotation_only if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no seccomp profile, and neither has the Pod (securityContext.seccompProfile)`}
}

test_reports_annotation_before_1_19 if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.seccomp.security.alpha.kubernetes.io/app": "unconfined"}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters with data.settings as {"pod_security_version": "1.18"}
	messages == {"the annotation container.seccomp.security.alpha.kubernetes.io/app asks for the seccomp profile unconfined"}
}

test_reports_another_file if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "b.json"}}}) with data.parameters as {"LT-POD-024": {"allowedProfiles": ["RuntimeDefault", "Localhost"], "localhostProfiles": ["a.json"]}} with data.settings as settings
	messages == {`container "app" has the seccomp profile Localhost b.json`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_pod_level if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
}

test_accepts_windows if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
}

test_accepts_annotations_before_1_19 if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "docker/default"}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters with data.settings as {"pod_security_version": "1.18"}
}

test_accepts_annotation_localhost if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "localhost/a"}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters with data.settings as {"pod_security_version": "1.18"}
}

test_accepts_annotation_runtime if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "runtime/default"}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters with data.settings as {"pod_security_version": "1.18"}
}

test_accepts_annotation_of_an_unknown_container if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.seccomp.security.alpha.kubernetes.io/ghost": "unconfined"}}, "spec": {"containers": [{"name": "app"}]}} with data.parameters as parameters with data.settings as {"pod_security_version": "1.18"}
}

test_accepts_null_beside_the_pod if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "a.json"}}, "containers": [{"name": "app", "securityContext": {"seccompProfile": null}}]}) with data.parameters as parameters with data.settings as settings
}

test_accepts_a_listed_file if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "a.json"}}}) with data.parameters as {"LT-POD-024": {"allowedProfiles": ["RuntimeDefault", "Localhost"], "localhostProfiles": ["a.json"]}} with data.settings as settings
}
