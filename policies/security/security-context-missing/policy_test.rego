package lintel.security.security_context_missing_test

import data.lintel.lib.fixture
import data.lintel.security.security_context_missing as policy

parameters := {"LT-POD-034": {"scope": "container"}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {}}) with data.parameters as parameters
	messages == {`container "app" has no securityContext`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"runAsNonRoot": true}}, {"securityContext": {}}) with data.parameters as parameters
	messages == {`container "setup" has no securityContext`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"runAsNonRoot": true}}, {"securityContext": {}}) with data.parameters as parameters
	messages == {`container "debug" has no securityContext`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters
	messages == {`container "app" has no securityContext`}
}

test_reports_null if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": null}) with data.parameters as parameters
	messages == {`container "app" has no securityContext`}
}

test_reports_pod_level if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app"}]}) with data.parameters as {"LT-POD-034": {"scope": "both"}}
	messages == {
		`container "app" has no securityContext`,
		"the Pod has no securityContext",
	}
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

test_accepts_pod_level if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"runAsNonRoot": true}, "containers": [{"name": "app"}]}) with data.parameters as {"LT-POD-034": {"scope": "pod"}}
}
