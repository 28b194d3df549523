package lintel.reliability.restart_policy_test

import data.lintel.lib.fixture
import data.lintel.reliability.restart_policy as policy

test_reports_a_job_without if {
	messages := {f.msg | some f in policy.deny} with input as fixture.workload("batch/v1", "Job", {"template": {"spec": {"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}}})
	messages == {`Job "app" needs restartPolicy Never or OnFailure, not Always`}
}

test_reports_a_cron_job if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"restartPolicy": "Always"})
	messages == {`CronJob "app" needs restartPolicy Never or OnFailure, not Always`}
}

test_reports_a_deployment if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"restartPolicy": "Never"})
	messages == {`Deployment "app" allows only restartPolicy Always, not Never`}
}

test_accepts_never if {
	count(policy.deny) == 0 with input as fixture.cron_job({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "restartPolicy": "Never"})
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.deployment({})
}

test_accepts_a_pod if {
	count(policy.deny) == 0 with input as fixture.pod({"restartPolicy": "Never"})
}
