package lintel.security.linux_hardening_any_test

import data.lintel.lib.fixture
import data.lintel.security.linux_hardening_any as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({})
	messages == {`container "app" uses none of seccomp, AppArmor, SELinux and dropped capabilities`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}, {})
	messages == {`container "setup" uses none of seccomp, AppArmor, SELinux and dropped capabilities`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}, {})
	messages == {`container "debug" uses none of seccomp, AppArmor, SELinux and dropped capabilities`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}, {"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}, {"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}})
}

test_accepts_seccomp if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}, "containers": [{"name": "app"}]})
}

test_accepts_selinux if {
	count(policy.deny) == 0 with input as fixture.deployment({"containers": [{"name": "app", "securityContext": {"seLinuxOptions": {"level": "s0:c1"}}}]})
}

test_accepts_windows if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]})
}

test_accepts_an_annotation if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Pod", "metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": "runtime/default"}}, "spec": {"containers": [{"name": "app"}]}}
}
