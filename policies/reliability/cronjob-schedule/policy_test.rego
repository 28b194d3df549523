package lintel.reliability.cronjob_schedule_test

import data.lintel.reliability.cronjob_schedule as policy

test_reports_four_fields if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"schedule": "0 4 * *", "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
	messages == {`CronJob "j" has the schedule "0 4 * *": it is neither five valid fields nor a macro`}
}

test_reports_zone if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"schedule": "TZ=UTC 0 4 * * *", "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
	messages == {`CronJob "j" has the schedule "TZ=UTC 0 4 * * *": a time zone belongs in spec.timeZone`}
}

test_reports_february if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"schedule": "0 4 30 2 *", "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
	messages == {`CronJob "j" has the schedule "0 4 30 2 *": no month has that day`}
}

test_reports_suspended if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"schedule": "@daily", "suspend": true, "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
	messages == {`CronJob "j" is suspended (spec.suspend: true)`}
}

test_accepts_five if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"schedule": "*/5 4-6 * JAN 1,2", "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
}

test_accepts_macro if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"schedule": "@weekly", "suspend": false, "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
}

test_accepts_end_of_month if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"schedule": "0 4 31 * *", "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}}
}
