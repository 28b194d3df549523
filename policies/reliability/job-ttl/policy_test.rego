package lintel.reliability.job_ttl_test

import data.lintel.lib.fixture
import data.lintel.reliability.job_ttl as policy

parameters := {"LT-REL-023": {"maxHistory": 10}}

test_reports_a_job if {
	messages := {f.msg | some f in policy.deny} with input as fixture.workload("batch/v1", "Job", {"template": {}}) with data.parameters as parameters
	messages == {`Job "app" sets no ttlSecondsAfterFinished`}
}

test_reports_a_long_history if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"failedJobsHistoryLimit": 100, "jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}} with data.parameters as parameters
	messages == {`CronJob "j" keeps 100 finished Jobs (failedJobsHistoryLimit)`}
}

test_accepts_set if {
	count(policy.deny) == 0 with input as fixture.workload("batch/v1", "Job", {"ttlSecondsAfterFinished": 0}) with data.parameters as parameters
}

test_accepts_defaults if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"jobTemplate": {"spec": {"template": {"spec": {"containers": [{"name": "app"}]}}}}}} with data.parameters as parameters
}

test_accepts_with_ttl if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "j", "namespace": "shop"}, "spec": {"failedJobsHistoryLimit": 100, "jobTemplate": {"spec": {"ttlSecondsAfterFinished": 60, "template": {"spec": {"containers": [{"name": "app"}]}}}}}} with data.parameters as parameters
}

test_accepts_a_helm_hook if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "h", "annotations": {"helm.sh/hook-delete-policy": "hook-succeeded"}}, "spec": {}} with data.parameters as parameters
}

test_accepts_an_argo_hook if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "h", "annotations": {"argocd.argoproj.io/hook-delete-policy": "HookSucceeded"}}, "spec": {}} with data.parameters as parameters
}
