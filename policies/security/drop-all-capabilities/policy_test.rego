package lintel.security.drop_all_capabilities_test

import data.lintel.lib.fixture
import data.lintel.security.drop_all_capabilities as policy

parameters := {"LT-POD-009": {"requiredDrop": ["ALL"]}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}) with data.parameters as parameters
	messages == {`container "app" does not drop ALL (securityContext.capabilities.drop)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"capabilities": {"drop": ["ALL"]}}}, {"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}) with data.parameters as parameters
	messages == {`container "setup" does not drop ALL (securityContext.capabilities.drop)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"drop": ["ALL"]}}}, {"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}) with data.parameters as parameters
	messages == {`container "debug" does not drop ALL (securityContext.capabilities.drop)`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters
	messages == {`container "app" does not drop ALL (securityContext.capabilities.drop)`}
}

test_reports_two_missing if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["KILL"]}}}) with data.parameters as {"LT-POD-009": {"requiredDrop": ["KILL", "CAP_MKNOD", "CHOWN"]}}
	messages == {`container "app" does not drop CHOWN, MKNOD (securityContext.capabilities.drop)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["ALL"]}}}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"capabilities": {"drop": ["ALL"]}}}, {"securityContext": {"capabilities": {"drop": ["ALL"]}}}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"drop": ["ALL"]}}}, {"securityContext": {"capabilities": {"drop": ["ALL"]}}}) with data.parameters as parameters
}

test_accepts_lower_case if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["all"]}}}) with data.parameters as parameters
}

test_accepts_windows if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]}) with data.parameters as parameters
}
