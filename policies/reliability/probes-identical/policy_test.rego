package lintel.reliability.probes_identical_test

import data.lintel.lib.fixture
import data.lintel.reliability.probes_identical as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}, "readinessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}})
	messages == {`container "app" has identical liveness and readiness probes`}
}

test_reports_other_times if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "livenessProbe": {"exec": {"command": ["x"]}, "periodSeconds": 5}, "readinessProbe": {"exec": {"command": ["x"]}}}]})
	messages == {`container "app" has identical liveness and readiness probes`}
}

test_reports_a_sidecar if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {"restartPolicy": "Always", "livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}, "readinessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}})
	messages == {`container "setup" has identical liveness and readiness probes`}
}

test_accepts_different if {
	count(policy.deny) == 0 with input as fixture.pod_with({"livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}, "readinessProbe": {"httpGet": {"path": "/ready", "port": 8080}}})
}

test_accepts_one_alone if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"readinessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}}, {})
}

test_accepts_none if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({}, {})
}
