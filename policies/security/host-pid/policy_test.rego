package lintel.security.host_pid_test

import data.lintel.lib.fixture
import data.lintel.security.host_pid as policy

test_reports_a_pod if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"hostPID": true})
	messages == {"the Pod shares the process namespace of its node (hostPID: true)"}
}

test_reports_a_template if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"hostPID": true})
	messages == {"the Pod shares the process namespace of its node (hostPID: true)"}
}

test_reports_with_init_and_ephemeral_containers if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"hostPID": true, "initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]})
	messages == {"the Pod shares the process namespace of its node (hostPID: true)"}
}

test_accepts_false if {
	count(policy.deny) == 0 with input as fixture.pod({"hostPID": false})
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.deployment({"shareProcessNamespace": true})
}

test_accepts_init_and_ephemeral_containers if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}]})
}

test_accepts_text if {
	count(policy.deny) == 0 with input as fixture.pod({"hostPID": "true"})
}
