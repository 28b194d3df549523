package lintel.reliability.liveness_probe_test

import data.lintel.lib.fixture
import data.lintel.reliability.liveness_probe as policy

parameters := {"LT-REL-001": {"requiredTypes": ["httpGet", "tcpSocket", "exec", "grpc"], "exemptImages": []}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters
	messages == {`container "app" has no liveness probe (livenessProbe)`}
}

test_reports_beside_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {"livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}}) with data.parameters as parameters
	messages == {`container "app" has no liveness probe (livenessProbe)`}
}

test_reports_beside_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"livenessProbe": {}}, {}) with data.parameters as parameters
	messages == {`container "app" has no liveness probe (livenessProbe)`}
}

test_reports_no_handler if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "livenessProbe": {"periodSeconds": 5}}]}) with data.parameters as parameters
	messages == {`container "app" has no liveness probe (livenessProbe)`}
}

test_reports_another_handler if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"livenessProbe": {"exec": {"command": ["true"]}}}) with data.parameters as {"LT-REL-001": {"requiredTypes": ["httpGet"], "exemptImages": []}}
	messages == {`container "app" has no liveness probe (livenessProbe)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}}) with data.parameters as parameters
}

test_accepts_an_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}}, {}) with data.parameters as parameters
}

test_accepts_an_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}}, {}) with data.parameters as parameters
}

test_accepts_exempt_image if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as {"LT-REL-001": {"requiredTypes": ["httpGet", "tcpSocket", "exec", "grpc"], "exemptImages": ["registry.example/*"]}}
}
