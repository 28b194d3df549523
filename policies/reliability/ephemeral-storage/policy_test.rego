package lintel.reliability.ephemeral_storage_test

import data.lintel.lib.fixture
import data.lintel.reliability.ephemeral_storage as policy

parameters := {"LT-RES-005": {"require": ["requests", "limits"], "max": ""}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters
	messages == {`container "app" does not set ephemeral-storage in resources.requests and resources.limits`}
}

test_reports_a_sidecar if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"resources": {"limits": {"ephemeral-storage": "1Gi"}}}, {"restartPolicy": "Always"}) with data.parameters as parameters
	messages == {`container "setup" does not set ephemeral-storage in resources.requests and resources.limits`}
}

test_reports_request_only if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "resources": {"requests": {"ephemeral-storage": "1Gi"}}}]}) with data.parameters as parameters
	messages == {`container "app" does not set ephemeral-storage in resources.limits`}
}

test_reports_too_much if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"limits": {"ephemeral-storage": "20Gi"}}}) with data.parameters as {"LT-RES-005": {"require": ["requests", "limits"], "max": "10Gi"}}
	messages == {`container "app" may use 20Gi of ephemeral storage, above 10Gi`}
}

test_accepts_a_limit if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"limits": {"ephemeral-storage": "1Gi"}}}) with data.parameters as parameters
}

test_accepts_an_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"resources": {"requests": {"ephemeral-storage": "1Gi"}, "limits": {"ephemeral-storage": "1Gi"}}}, {}) with data.parameters as parameters
}

test_accepts_an_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"resources": {"limits": {"ephemeral-storage": "1Gi"}}}, {}) with data.parameters as parameters
}

test_accepts_requests_are_enough if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"requests": {"ephemeral-storage": "1Gi"}}}) with data.parameters as {"LT-RES-005": {"require": ["requests"], "max": ""}}
}

test_sets_the_configured_quantity if {
	fixes := [f.fix | some f in policy.deny] with input as fixture.pod_with({"resources": {"requests": {"ephemeral-storage": "1Gi"}}}) with data.parameters as {"LT-RES-005": {"require": ["requests", "limits"], "default": "2Gi"}}
	fixes == [[{"op": "add", "path": "/resources/limits/ephemeral-storage", "value": "2Gi", "unsafe": true}]]
}
