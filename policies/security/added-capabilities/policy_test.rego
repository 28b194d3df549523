package lintel.security.added_capabilities_test

import data.lintel.lib.fixture
import data.lintel.security.added_capabilities as policy

parameters := {"LT-POD-011": {"allowedCapabilities": ["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"]}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["NET_ADMIN"]}}}) with data.parameters as parameters
	messages == {`container "app" adds the capability NET_ADMIN`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"capabilities": {"add": ["CHOWN"]}}}, {"securityContext": {"capabilities": {"add": ["NET_ADMIN"]}}}) with data.parameters as parameters
	messages == {`container "setup" adds the capability NET_ADMIN`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"add": ["CHOWN"]}}}, {"securityContext": {"capabilities": {"add": ["NET_ADMIN"]}}}) with data.parameters as parameters
	messages == {`container "debug" adds the capability NET_ADMIN`}
}

test_reports_prefix_and_case if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["cap_sys_time"]}}}) with data.parameters as parameters
	messages == {`container "app" adds the capability cap_sys_time`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["CHOWN"]}}}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"capabilities": {"add": ["CHOWN"]}}}, {"securityContext": {"capabilities": {"add": ["CHOWN"]}}}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"add": ["CHOWN"]}}}, {"securityContext": {"capabilities": {"add": ["CHOWN"]}}}) with data.parameters as parameters
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as parameters
}

test_accepts_prefix_and_case if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["cap_chown"]}}}) with data.parameters as parameters
}

test_accepts_allowed_by_parameter if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["NET_ADMIN"]}}}) with data.parameters as {"LT-POD-011": {"allowedCapabilities": ["NET_ADMIN"]}}
}
