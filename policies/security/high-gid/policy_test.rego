package lintel.security.high_gid_test

import data.lintel.lib.fixture
import data.lintel.security.high_gid as policy

parameters := {"LT-POD-006": {"minGid": 10001}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"runAsGroup": 1000}}) with data.parameters as parameters
	messages == {`container "app" runs with group 1000, below 10001 (securityContext.runAsGroup)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"runAsGroup": 20000}}, {"securityContext": {"runAsGroup": 1000}}) with data.parameters as parameters
	messages == {`container "setup" runs with group 1000, below 10001 (securityContext.runAsGroup)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"runAsGroup": 20000}}, {"securityContext": {"runAsGroup": 1000}}) with data.parameters as parameters
	messages == {`container "debug" runs with group 1000, below 10001 (securityContext.runAsGroup)`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters
	messages == {`container "app" does not set securityContext.runAsGroup`}
}

test_reports_pod_level if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"securityContext": {"runAsGroup": 10000}, "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`container "app" runs with group 10000, below 10001 (securityContext.runAsGroup)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"runAsGroup": 20000}}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"runAsGroup": 20000}}, {"securityContext": {"runAsGroup": 20000}}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"runAsGroup": 20000}}, {"securityContext": {"runAsGroup": 20000}}) with data.parameters as parameters
}

test_accepts_windows if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]}) with data.parameters as parameters
}

test_accepts_lower_minimum if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"runAsGroup": 1000}}) with data.parameters as {"LT-POD-006": {"minGid": 1000}}
}

test_accepts_pod_level if {
	count(policy.deny) == 0 with input as fixture.deployment({"securityContext": {"runAsGroup": 10001}, "containers": [{"name": "app"}]}) with data.parameters as parameters
}
