package lintel.security.probe_host_field_test

import data.lintel.lib.fixture
import data.lintel.security.probe_host_field as policy

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"livenessProbe": {"httpGet": {"port": 80, "host": "127.0.0.1"}}}) with data.settings as settings
	messages == {`container "app" sends a request to host "127.0.0.1" (livenessProbe.httpGet.host)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"livenessProbe": {"httpGet": {"port": 80, "host": "", "httpHeaders": [{"name": "Host", "value": "example.org"}]}}}, {"livenessProbe": {"httpGet": {"port": 80, "host": "127.0.0.1"}}}) with data.settings as settings
	messages == {`container "setup" sends a request to host "127.0.0.1" (livenessProbe.httpGet.host)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"livenessProbe": {"httpGet": {"port": 80, "host": "", "httpHeaders": [{"name": "Host", "value": "example.org"}]}}}, {"livenessProbe": {"httpGet": {"port": 80, "host": "127.0.0.1"}}}) with data.settings as settings
	messages == {`container "debug" sends a request to host "127.0.0.1" (livenessProbe.httpGet.host)`}
}

test_reports_hooks_and_sockets if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "readinessProbe": {"tcpSocket": {"host": "db", "port": 1}}, "lifecycle": {"preStop": {"httpGet": {"host": "localhost", "port": 80}}, "postStart": {"tcpSocket": {"host": "x", "port": 1}}}}]}) with data.settings as settings
	messages == {
		`container "app" sends a request to host "db" (readinessProbe.tcpSocket.host)`,
		`container "app" sends a request to host "localhost" (lifecycle.preStop.httpGet.host)`,
		`container "app" sends a request to host "x" (lifecycle.postStart.tcpSocket.host)`,
	}
}

test_reports_a_sidecar if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {"restartPolicy": "Always", "startupProbe": {"tcpSocket": {"host": "db", "port": 1}}}) with data.settings as settings
	messages == {`container "setup" sends a request to host "db" (startupProbe.tcpSocket.host)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"livenessProbe": {"httpGet": {"port": 80, "host": "", "httpHeaders": [{"name": "Host", "value": "example.org"}]}}}) with data.settings as settings
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"livenessProbe": {"httpGet": {"port": 80, "host": "", "httpHeaders": [{"name": "Host", "value": "example.org"}]}}}, {"livenessProbe": {"httpGet": {"port": 80, "host": "", "httpHeaders": [{"name": "Host", "value": "example.org"}]}}}) with data.settings as settings
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"livenessProbe": {"httpGet": {"port": 80, "host": "", "httpHeaders": [{"name": "Host", "value": "example.org"}]}}}, {"livenessProbe": {"httpGet": {"port": 80, "host": "", "httpHeaders": [{"name": "Host", "value": "example.org"}]}}}) with data.settings as settings
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({"livenessProbe": {"grpc": {"port": 1, "service": "x"}}, "lifecycle": {"preStop": {"exec": {"command": ["true"]}}}}) with data.settings as settings
}

test_accepts_version_1_33 if {
	count(policy.deny) == 0 with input as fixture.pod_with({"livenessProbe": {"httpGet": {"port": 80, "host": "127.0.0.1"}}}) with data.settings as {"pod_security_version": "1.33"}
}
