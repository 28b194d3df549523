package lintel.reliability.resource_ratio_test

import data.lintel.lib.fixture
import data.lintel.reliability.resource_ratio as policy

parameters := {"LT-RES-007": {"maxRatio": {"cpu": 8, "memory": 4}}}

test_reports_cpu if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"requests": {"cpu": "100m"}, "limits": {"cpu": 2}}}) with data.parameters as parameters
	messages == {`container "app" has a cpu limit of 2, more than 8 times its request of 100m`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {"resources": {"requests": {"memory": "64Mi"}, "limits": {"memory": "1Gi"}}}) with data.parameters as parameters
	messages == {`container "setup" has a memory limit of 1Gi, more than 4 times its request of 64Mi`}
}

test_reports_tighter if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "resources": {"requests": {"cpu": "1"}, "limits": {"cpu": "2"}}}]}) with data.parameters as {"LT-RES-007": {"maxRatio": {"cpu": 1.5}}}
	messages == {`container "app" has a cpu limit of 2, more than 1.5 times its request of 1`}
}

test_accepts_close if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"cpu": 2, "memory": "2Gi"}}}) with data.parameters as parameters
}

test_accepts_no_request if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"resources": {"limits": {"cpu": 4}}}, {}) with data.parameters as parameters
}

test_accepts_another if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({}, {}) with data.parameters as parameters
}
