package lintel.reliability.cronjob_deadline_test

import data.lintel.reliability.cronjob_deadline as policy

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"schedule": "0 4 * * *", "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
	messages == {`CronJob "j" sets no startingDeadlineSeconds`}
}

test_reports_null if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"startingDeadlineSeconds": null, "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
	messages == {`CronJob "j" sets no startingDeadlineSeconds`}
}

test_accepts_set if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"startingDeadlineSeconds": 300, "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
}

test_accepts_zero if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"startingDeadlineSeconds": 0, "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
}
