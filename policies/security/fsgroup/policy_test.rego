package lintel.security.fsgroup_test

import data.lintel.lib.fixture
import data.lintel.security.fsgroup as policy

parameters := {"LT-POD-048": {"ranges": []}}

test_reports_below if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"fsGroup": 0}}) with data.parameters as {"LT-POD-048": {"ranges": [{"min": 1000, "max": 2000}]}}
	messages == {"the Pod sets fsGroup 0, outside the allowed ranges"}
}

test_reports_above if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "securityContext": {"fsGroup": 3000}}) with data.parameters as {"LT-POD-048": {"ranges": [{"min": 1000, "max": 2000}]}}
	messages == {"the Pod sets fsGroup 3000, outside the allowed ranges"}
}

test_accepts_inside if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"fsGroup": 1500}}) with data.parameters as {"LT-POD-048": {"ranges": [{"min": 1000, "max": 2000}]}}
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.deployment({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as {"LT-POD-048": {"ranges": [{"min": 1000, "max": 2000}]}}
}

test_accepts_no_ranges if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"fsGroup": 0}}) with data.parameters as parameters
}
