package lintel.reliability.priority_class_test

import data.lintel.lib.fixture
import data.lintel.reliability.priority_class as policy

parameters := {"LT-REL-010": {"allowed": []}}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters
	messages == {`Pod "app" names no priorityClassName`}
}

test_reports_empty if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"priorityClassName": ""}) with data.parameters as parameters
	messages == {`CronJob "app" names no priorityClassName`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {}) with data.parameters as parameters
	messages == {`Pod "app" names no priorityClassName`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({}, {}) with data.parameters as parameters
	messages == {`Pod "app" names no priorityClassName`}
}

test_reports_not_allowed if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"priorityClassName": "system-node-critical"}) with data.parameters as {"LT-REL-010": {"allowed": ["batch"]}}
	messages == {`Pod "app" uses the priority class "system-node-critical", which is not allowed`}
}

test_accepts_named if {
	count(policy.deny) == 0 with input as fixture.pod({"priorityClassName": "web"}) with data.parameters as parameters
}

test_accepts_allowed if {
	count(policy.deny) == 0 with input as fixture.deployment({"priorityClassName": "batch"}) with data.parameters as {"LT-REL-010": {"allowed": ["batch"]}}
}

test_accepts_init_and_ephemeral_containers if {
	count(policy.deny) == 0 with input as fixture.pod({"priorityClassName": "web", "initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters
}
