package lintel.best_practice.no_cpu_limits_test

import data.lintel.best_practice.no_cpu_limits as policy
import data.lintel.lib.fixture

parameters := {"LT-RES-008": {"forbid": false}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"limits": {"cpu": 1}}}) with data.parameters as {"LT-RES-008": {"forbid": true}}
	messages == {`container "app" has a CPU limit of 1 (resources.limits.cpu)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {"resources": {"limits": {"cpu": "500m"}}}) with data.parameters as {"LT-RES-008": {"forbid": true}}
	messages == {`container "setup" has a CPU limit of 500m (resources.limits.cpu)`}
}

test_accepts_none if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({}, {}) with data.parameters as {"LT-RES-008": {"forbid": true}}
}

test_accepts_off if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"limits": {"cpu": 1}}}) with data.parameters as parameters
}

test_accepts_memory if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({}, {"resources": {"limits": {"memory": "1Gi"}}}) with data.parameters as {"LT-RES-008": {"forbid": true}}
}
