package lintel.security.cap_sys_admin_test

import data.lintel.lib.fixture
import data.lintel.security.cap_sys_admin as policy

parameters := {"LT-POD-012": {"forbiddenCapabilities": ["SYS_ADMIN", "SYS_MODULE", "ALL"]}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["SYS_ADMIN"]}}}) with data.parameters as parameters
	messages == {`container "app" adds the capability SYS_ADMIN`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}, {"securityContext": {"capabilities": {"add": ["SYS_ADMIN"]}}}) with data.parameters as parameters
	messages == {`container "setup" adds the capability SYS_ADMIN`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}, {"securityContext": {"capabilities": {"add": ["SYS_ADMIN"]}}}) with data.parameters as parameters
	messages == {`container "debug" adds the capability SYS_ADMIN`}
}

test_reports_module if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["cap_sys_module", "ALL"]}}}) with data.parameters as parameters
	messages == {
		`container "app" adds the capability ALL`,
		`container "app" adds the capability cap_sys_module`,
	}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}, {"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}, {"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"]}}}) with data.parameters as parameters
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as parameters
}
