package lintel.security.seccomp_unconfined_test

import data.lintel.lib.fixture
import data.lintel.security.seccomp_unconfined as policy

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"seccompProfile": {"type": "Unconfined"}}}) with data.settings as settings
	messages == {`container "app" has the seccomp profile Unconfined`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"seccompProfile": {"type": "Unconfined"}}}) with data.settings as settings
	messages == {`container "setup" has the seccomp profile Unconfined`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"seccompProfile": {"type": "Unconfined"}}}) with data.settings as settings
	messages == {`container "debug" has the seccomp profile Unconfined`}
}

test_reports_pod_level if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"securityContext": {"seccompProfile": {"type": "Unconfined"}}, "containers": [{"name": "app", "securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}]}) with data.settings as settings
	messages == {"the Pod has the seccomp profile Unconfined"}
}

test_reports_no_type if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"seccompProfile": {}}}) with data.settings as settings
	messages == {`container "app" has the seccomp profile without a type`}
}

test_reports_annotation_before_1_19 if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "unconfined"}}, "spec": {"containers": [{"name": "app"}]}} with data.settings as {"pod_security_version": "1.18"}
	messages == {"the annotation seccomp.security.alpha.kubernetes.io/pod asks for the seccomp profile unconfined"}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}) with data.settings as settings
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}) with data.settings as settings
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}, {"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}) with data.settings as settings
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.settings as settings
}

test_accepts_null if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"seccompProfile": null}}) with data.settings as settings
}

test_accepts_an_inert_annotation if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"seccomp.security.alpha.kubernetes.io/pod": "unconfined"}}, "spec": {"containers": [{"name": "app"}]}} with data.settings as settings
}

test_accepts_field_before_1_19 if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"seccompProfile": {"type": "Unconfined"}}}) with data.settings as {"pod_security_version": "1.18"}
}

test_accepts_localhost if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"seccompProfile": {"type": "Localhost"}}}) with data.settings as settings
}
