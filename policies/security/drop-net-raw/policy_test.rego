package lintel.security.drop_net_raw_test

import data.lintel.lib.fixture
import data.lintel.security.drop_net_raw as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["KILL"]}}})
	messages == {`container "app" keeps NET_RAW: neither NET_RAW nor ALL is dropped`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}, {"securityContext": {"capabilities": {"drop": ["KILL"]}}})
	messages == {`container "setup" keeps NET_RAW: neither NET_RAW nor ALL is dropped`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}, {"securityContext": {"capabilities": {"drop": ["KILL"]}}})
	messages == {`container "debug" keeps NET_RAW: neither NET_RAW nor ALL is dropped`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({})
	messages == {`container "app" keeps NET_RAW: neither NET_RAW nor ALL is dropped`}
}

test_reports_added_again if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["ALL"], "add": ["CHOWN", "CAP_NET_RAW"]}}})
	messages == {`container "app" gets NET_RAW by adding CAP_NET_RAW`}
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

test_accepts_all_dropped if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["ALL"]}}})
}

test_accepts_windows if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]})
}
