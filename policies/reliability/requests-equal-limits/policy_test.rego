package lintel.reliability.requests_equal_limits_test

import data.lintel.lib.fixture
import data.lintel.reliability.requests_equal_limits as policy

parameters := {"LT-RES-006": {"resources": ["cpu", "memory"]}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"requests": {"cpu": "100m"}, "limits": {"cpu": 1}}}) with data.parameters as parameters
	messages == {`container "app" requests 100m of cpu but its limit is 1`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {"resources": {"requests": {"cpu": "100m"}, "limits": {"cpu": 1}}}) with data.parameters as parameters
	messages == {`container "setup" requests 100m of cpu but its limit is 1`}
}

test_reports_two if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "resources": {"requests": {"cpu": "100m", "memory": "1Gi"}, "limits": {"cpu": 1, "memory": "2Gi"}}}]}) with data.parameters as parameters
	messages == {
		`container "app" requests 100m of cpu but its limit is 1`,
		`container "app" requests 1Gi of memory but its limit is 2Gi`,
	}
}

test_accepts_equal_in_other_words if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"requests": {"cpu": "0.5"}, "limits": {"cpu": "500m"}}}) with data.parameters as parameters
}

test_accepts_limit_alone if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"limits": {"cpu": "500m"}}}) with data.parameters as parameters
}

test_accepts_request_alone if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"resources": {"requests": {"cpu": "500m"}}}, {}) with data.parameters as parameters
}

test_accepts_an_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({}, {}) with data.parameters as parameters
}

test_accepts_another_resource if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"requests": {"cpu": "1"}, "limits": {"cpu": 2}}}) with data.parameters as {"LT-RES-006": {"resources": ["memory"]}}
}
