package lintel.reliability.memory_requests_test

import data.lintel.lib.fixture
import data.lintel.reliability.memory_requests as policy

parameters := {"LT-RES-003": {"includeInit": false, "min": "", "max": ""}}

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no memory request (resources.requests.memory)`}
}

test_reports_a_sidecar if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"resources": {"requests": {"memory": "128Mi"}}}, {"restartPolicy": "Always", "resources": {}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "setup" has no memory request (resources.requests.memory)`}
}

test_reports_a_template if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"containers": [{"name": "app", "resources": {"requests": {"cpu": "1"}}}]}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no memory request (resources.requests.memory)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"resources": {"requests": {"memory": "128Mi"}}}, {}) with data.parameters as {"LT-RES-003": {"includeInit": true, "min": "", "max": ""}} with data.settings as settings
	messages == {`container "setup" has no memory request (resources.requests.memory)`}
}

test_reports_pod_level_before_1_34 if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"resources": {"requests": {"memory": "128Mi"}}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as {"kubernetes_version": "1.33"}
	messages == {`container "app" has no memory request (resources.requests.memory)`}
}

test_reports_empty_text if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"requests": {"memory": ""}}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no memory request (resources.requests.memory)`}
}

test_reports_too_little if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"requests": {"memory": "1Mi"}}}) with data.parameters as {"LT-RES-003": {"includeInit": false, "min": "16Mi", "max": ""}} with data.settings as settings
	messages == {`container "app" has a memory request of 1Mi, below 16Mi`}
}

test_reports_too_much if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"requests": {"memory": "64Gi"}}}) with data.parameters as {"LT-RES-003": {"includeInit": false, "min": "", "max": "8Gi"}} with data.settings as settings
	messages == {`container "app" has a memory request of 64Gi, above 8Gi`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"requests": {"memory": "128Mi"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_a_number if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"requests": {"memory": 2}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_an_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"resources": {"requests": {"memory": "128Mi"}}}, {}) with data.parameters as parameters with data.settings as settings
}

test_accepts_an_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"resources": {"requests": {"memory": "128Mi"}}}, {}) with data.parameters as parameters with data.settings as settings
}

test_accepts_pod_level if {
	count(policy.deny) == 0 with input as fixture.pod({"resources": {"requests": {"memory": "128Mi"}}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
}

test_accepts_a_limit_alone if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"limits": {"memory": "128Mi"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_a_pod_level_limit if {
	count(policy.deny) == 0 with input as fixture.pod({"resources": {"limits": {"memory": "128Mi"}}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
}

test_sets_the_configured_quantity if {
	fixes := [f.fix | some f in policy.deny] with input as fixture.pod_with({}) with data.parameters as {"LT-RES-003": {"includeInit": false, "default": "64M"}} with data.settings as settings
	fixes == [[{"op": "add", "path": "/resources/requests/memory", "value": "64M", "unsafe": true}]]
}

test_lowers_what_the_container_says if {
	fixes := [f.fix | some f in policy.deny] with input as fixture.pod_with({"resources": {"requests": {"memory": "8G"}}}) with data.parameters as {"LT-RES-003": {"includeInit": false, "max": "2G"}} with data.settings as settings
	fixes == [[{"op": "replace", "path": "/resources/requests/memory", "value": "2G", "unsafe": true}]]
}
