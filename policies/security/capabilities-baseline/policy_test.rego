package lintel.security.capabilities_baseline_test

import data.lintel.lib.fixture
import data.lintel.security.capabilities_baseline as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["NET_RAW"]}}})
	messages == {`container "app" adds the capability NET_RAW, which is not on the baseline list`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"capabilities": {"add": ["CHOWN"], "drop": ["KILL"]}}}, {"securityContext": {"capabilities": {"add": ["NET_RAW"]}}})
	messages == {`container "setup" adds the capability NET_RAW, which is not on the baseline list`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"add": ["CHOWN"], "drop": ["KILL"]}}}, {"securityContext": {"capabilities": {"add": ["NET_RAW"]}}})
	messages == {`container "debug" adds the capability NET_RAW, which is not on the baseline list`}
}

test_reports_prefix if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["CAP_CHOWN", "ALL"]}}})
	messages == {
		`container "app" adds the capability ALL, which is not on the baseline list`,
		`container "app" adds the capability CAP_CHOWN, which is not on the baseline list`,
	}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["CHOWN"], "drop": ["KILL"]}}})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"capabilities": {"add": ["CHOWN"], "drop": ["KILL"]}}}, {"securityContext": {"capabilities": {"add": ["CHOWN"], "drop": ["KILL"]}}})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"add": ["CHOWN"], "drop": ["KILL"]}}}, {"securityContext": {"capabilities": {"add": ["CHOWN"], "drop": ["KILL"]}}})
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({})
}
