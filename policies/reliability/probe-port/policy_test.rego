package lintel.reliability.probe_port_test

import data.lintel.lib.fixture
import data.lintel.reliability.probe_port as policy

test_reports_a_name if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"livenessProbe": {"httpGet": {"port": "http"}}})
	messages == {`container "app" is asked on port http by its livenessProbe, but declares no such port`}
}

test_reports_a_number if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "ports": [{"containerPort": 80}], "readinessProbe": {"tcpSocket": {"port": 8080}}}]})
	messages == {`container "app" is asked on port 8080 by its readinessProbe, but declares no such port`}
}

test_reports_a_sidecar if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {"restartPolicy": "Always", "startupProbe": {"httpGet": {"port": "x"}}})
	messages == {`container "setup" is asked on port x by its startupProbe, but declares no such port`}
}

test_accepts_a_name if {
	count(policy.deny) == 0 with input as fixture.pod_with({"ports": [{"name": "http", "containerPort": 80}], "livenessProbe": {"httpGet": {"port": "http"}}})
}

test_accepts_a_number if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"ports": [{"containerPort": 80}], "livenessProbe": {"httpGet": {"port": 80}}}, {})
}

test_accepts_no_ports if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"livenessProbe": {"httpGet": {"port": 80}}}, {})
}

test_accepts_a_number_as_text if {
	count(policy.deny) == 0 with input as fixture.pod_with({"ports": [{"containerPort": 80}], "livenessProbe": {"httpGet": {"port": "80"}}})
}
