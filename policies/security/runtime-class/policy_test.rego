package lintel.security.runtime_class_test

import data.lintel.lib.fixture
import data.lintel.security.runtime_class as policy

parameters := {"LT-POD-045": {"allowed": []}}

test_reports_another if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"runtimeClassName": "runc"}) with data.parameters as {"LT-POD-045": {"allowed": ["gvisor"]}}
	messages == {`the Pod uses the runtime class "runc", which is not allowed (runtimeClassName)`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as {"LT-POD-045": {"allowed": ["gvisor"]}}
	messages == {`the Pod uses the runtime class "", which is not allowed (runtimeClassName)`}
}

test_accepts_allowed if {
	count(policy.deny) == 0 with input as fixture.deployment({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "runtimeClassName": "gvisor"}) with data.parameters as {"LT-POD-045": {"allowed": ["gvisor"]}}
}

test_accepts_no_list if {
	count(policy.deny) == 0 with input as fixture.pod({"runtimeClassName": "runc"}) with data.parameters as parameters
}
