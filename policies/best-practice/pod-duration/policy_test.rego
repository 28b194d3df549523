package lintel.best_practice.pod_duration_test

import data.lintel.best_practice.pod_duration as policy
import data.lintel.lib.fixture

parameters := {"LT-REL-026": {"maxSeconds": 0}}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}} with data.parameters as {"LT-REL-026": {"maxSeconds": 3600}}
	messages == {`CronJob "j" sets no activeDeadlineSeconds`}
}

test_reports_too_long if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"jobTemplate": {"spec": {"activeDeadlineSeconds": 7200, "template": {"spec": {"containers": [{"name": "app"}]}}}}}} with data.parameters as {"LT-REL-026": {"maxSeconds": 3600}}
	messages == {`CronJob "j" may run 7200 seconds, above 3600 (activeDeadlineSeconds)`}
}

test_reports_a_job if {
	messages := {f.msg | some f in policy.deny} with input as fixture.workload("batch/v1", "Job", {"activeDeadlineSeconds": 9000, "template": {"spec": {"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}]}}}) with data.parameters as {"LT-REL-026": {"maxSeconds": 3600}}
	messages == {`Job "app" may run 9000 seconds, above 3600 (activeDeadlineSeconds)`}
}

test_accepts_set if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"jobTemplate": {"spec": {"activeDeadlineSeconds": 600, "template": {"spec": {"containers": [{"name": "app"}]}}}}}} with data.parameters as {"LT-REL-026": {"maxSeconds": 3600}}
}

test_accepts_off if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}} with data.parameters as parameters
}

test_accepts_a_pod if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "containers": [{"name": "app"}], "ephemeralContainers": [{"name": "debug"}], "activeDeadlineSeconds": 60}) with data.parameters as {"LT-REL-026": {"maxSeconds": 3600}}
}
