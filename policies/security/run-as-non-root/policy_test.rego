package lintel.security.run_as_non_root_test

import data.lintel.lib.fixture
import data.lintel.security.run_as_non_root as policy

parameters := {"LT-POD-003": {"exemptImages": [], "acceptRunAsUser": true}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"runAsNonRoot": false}}) with data.parameters as parameters
	messages == {`container "app" may run as root: runAsNonRoot is false`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"runAsNonRoot": true}}, {"securityContext": {"runAsNonRoot": false}}) with data.parameters as parameters
	messages == {`container "setup" may run as root: runAsNonRoot is false`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"runAsNonRoot": true}}, {"securityContext": {"runAsNonRoot": false}}) with data.parameters as parameters
	messages == {`container "debug" may run as root: runAsNonRoot is false`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters
	messages == {`container "app" may run as root: neither runAsNonRoot nor runAsUser is set`}
}

test_reports_user_zero if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"runAsUser": 0}}) with data.parameters as parameters
	messages == {`container "app" may run as root: runAsUser is 0 and runAsNonRoot is not set`}
}

test_reports_container_false_over_pod_true if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"runAsNonRoot": true}, "containers": [{"name": "app", "securityContext": {"runAsNonRoot": false, "runAsUser": 1000}}]}) with data.parameters as parameters
	messages == {`container "app" may run as root: runAsNonRoot is false`}
}

test_reports_pod_false if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"securityContext": {"runAsNonRoot": false, "runAsUser": 1000}, "containers": [{"name": "app"}]}) with data.parameters as parameters
	messages == {`container "app" may run as root: runAsNonRoot is false`}
}

test_reports_user_when_flag_is_wanted if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"runAsUser": 1000}}) with data.parameters as {"LT-POD-003": {"exemptImages": [], "acceptRunAsUser": false}}
	messages == {`container "app" may run as root: runAsUser is 1000 and runAsNonRoot is not set`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"runAsNonRoot": true}}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"runAsNonRoot": true}}, {"securityContext": {"runAsNonRoot": true}}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"runAsNonRoot": true}}, {"securityContext": {"runAsNonRoot": true}}) with data.parameters as parameters
}

test_accepts_user if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"runAsUser": 1000}}) with data.parameters as parameters
}

test_accepts_pod_level if {
	count(policy.deny) == 0 with input as fixture.deployment({"securityContext": {"runAsNonRoot": true}, "containers": [{"name": "app"}]}) with data.parameters as parameters
}

test_accepts_container_true_over_pod_false if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"runAsNonRoot": false}, "containers": [{"name": "app", "securityContext": {"runAsNonRoot": true}}]}) with data.parameters as parameters
}

test_accepts_exempt_image if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as {"LT-POD-003": {"exemptImages": ["registry.example/*"], "acceptRunAsUser": true}}
}
