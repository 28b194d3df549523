package lintel.reliability.readiness_probe_test

import data.lintel.lib.fixture
import data.lintel.reliability.readiness_probe as policy

parameters := {"LT-REL-002": {"onlyWhenServed": false, "requiredTypes": ["httpGet", "tcpSocket", "exec", "grpc"], "exemptImages": []}}

served := {"LT-REL-002": object.union(parameters["LT-REL-002"], {"onlyWhenServed": true})}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters
	messages == {`container "app" has no readiness probe (readinessProbe)`}
}

test_reports_beside_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({}, {"readinessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}}) with data.parameters as parameters
	messages == {`container "app" has no readiness probe (readinessProbe)`}
}

test_reports_beside_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"readinessProbe": {}}, {}) with data.parameters as parameters
	messages == {`container "app" has no readiness probe (readinessProbe)`}
}

test_reports_no_handler if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app", "readinessProbe": {"periodSeconds": 5}}]}) with data.parameters as parameters
	messages == {`container "app" has no readiness probe (readinessProbe)`}
}

test_reports_another_handler if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"readinessProbe": {"exec": {"command": ["true"]}}}) with data.parameters as {"LT-REL-002": {"onlyWhenServed": false, "requiredTypes": ["httpGet"], "exemptImages": []}}
	messages == {`container "app" has no readiness probe (readinessProbe)`}
}

test_reports_not_served_but_judged if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app"}]}) with data.parameters as {"LT-REL-002": {"onlyWhenServed": false, "requiredTypes": ["httpGet", "tcpSocket", "exec", "grpc"], "exemptImages": []}} with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "other", "namespace": "shop"}, "spec": {"selector": {"app": "other"}}}])
	messages == {`container "app" has no readiness probe (readinessProbe)`}
}

test_reports_served if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"containers": [{"name": "app"}]}) with data.parameters as served with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "app", "namespace": "shop"}, "spec": {"selector": {"app": "app"}}}])
	messages == {`container "app" has no readiness probe (readinessProbe)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"readinessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}}) with data.parameters as parameters
}

test_accepts_an_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"readinessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}}, {}) with data.parameters as parameters
}

test_accepts_an_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"readinessProbe": {"httpGet": {"path": "/healthz", "port": 8080}}}, {}) with data.parameters as parameters
}

test_accepts_exempt_image if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as {"LT-REL-002": {"onlyWhenServed": false, "requiredTypes": ["httpGet", "tcpSocket", "exec", "grpc"], "exemptImages": ["registry.example/*"]}}
}

test_accepts_not_served if {
	count(policy.deny) == 0 with input as fixture.deployment({"containers": [{"name": "app"}]}) with data.parameters as served with data.inventory as fixture.inventory([{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "other", "namespace": "shop"}, "spec": {"selector": {"app": "other"}}}])
}

test_accepts_what_may_be_served_by_others if {
	count(policy.deny) == 0 with input as fixture.deployment({"containers": [{"name": "app"}]}) with data.parameters as served with data.inventory as fixture.inventory([])
}
