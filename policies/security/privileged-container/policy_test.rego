package lintel.security.privileged_container_test

import data.lintel.lib.fixture
import data.lintel.security.privileged_container as policy

parameters := {"LT-POD-001": {"exemptImages": []}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"privileged": true}}) with data.parameters as parameters
	messages == {`container "app" runs privileged (securityContext.privileged: true)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"privileged": false}}, {"securityContext": {"privileged": true}}) with data.parameters as parameters
	messages == {`container "setup" runs privileged (securityContext.privileged: true)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"privileged": false}}, {"securityContext": {"privileged": true}}) with data.parameters as parameters
	messages == {`container "debug" runs privileged (securityContext.privileged: true)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"privileged": false}}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"privileged": false}}, {"securityContext": {"privileged": false}}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"privileged": false}}, {"securityContext": {"privileged": false}}) with data.parameters as parameters
}

test_accepts_null_context if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": null}) with data.parameters as parameters
}

test_accepts_exempt_image if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"privileged": true}}) with data.parameters as {"LT-POD-001": {"exemptImages": ["registry.example/*"]}}
}
