package lintel.reliability.cpu_requests_test

import data.lintel.lib.fixture
import data.lintel.reliability.cpu_requests as policy

parameters := {"LT-RES-001": {"includeInit": false, "min": "", "max": ""}}

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no CPU request (resources.requests.cpu)`}
}

test_reports_a_sidecar if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"resources": {"requests": {"cpu": "500m"}}}, {"restartPolicy": "Always", "resources": {}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "setup" has no CPU request (resources.requests.cpu)`}
}

test_reports_a_template if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"containers": [{"name": "app", "resources": {"requests": {"memory": "1"}}}]}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no CPU request (resources.requests.cpu)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"resources": {"requests": {"cpu": "500m"}}}, {}) with data.parameters as {"LT-RES-001": {"includeInit": true, "min": "", "max": ""}} with data.settings as settings
	messages == {`container "setup" has no CPU request (resources.requests.cpu)`}
}

test_reports_pod_level_before_1_34 if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"resources": {"requests": {"cpu": "500m"}}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as {"kubernetes_version": "1.33"}
	messages == {`container "app" has no CPU request (resources.requests.cpu)`}
}

test_reports_empty_text if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"requests": {"cpu": ""}}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no CPU request (resources.requests.cpu)`}
}

test_reports_too_little if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"requests": {"cpu": "1m"}}}) with data.parameters as {"LT-RES-001": {"includeInit": false, "min": "10m", "max": ""}} with data.settings as settings
	messages == {`container "app" has a CPU request of 1m, below 10m`}
}

test_reports_too_much if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"requests": {"cpu": "64"}}}) with data.parameters as {"LT-RES-001": {"includeInit": false, "min": "", "max": "4"}} with data.settings as settings
	messages == {`container "app" has a CPU request of 64, above 4`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"requests": {"cpu": "500m"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_a_number if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"requests": {"cpu": 2}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_an_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"resources": {"requests": {"cpu": "500m"}}}, {}) with data.parameters as parameters with data.settings as settings
}

test_accepts_an_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"resources": {"requests": {"cpu": "500m"}}}, {}) with data.parameters as parameters with data.settings as settings
}

test_accepts_pod_level if {
	count(policy.deny) == 0 with input as fixture.pod({"resources": {"requests": {"cpu": "500m"}}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
}

test_accepts_a_limit_alone if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"limits": {"cpu": "500m"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_a_pod_level_limit if {
	count(policy.deny) == 0 with input as fixture.pod({"resources": {"limits": {"cpu": "500m"}}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
}

test_sets_the_configured_quantity if {
	fixes := [f.fix | some f in policy.deny] with input as fixture.pod_with({}) with data.parameters as {"LT-RES-001": {"includeInit": false, "default": "64M"}} with data.settings as settings
	fixes == [[{"op": "add", "path": "/resources/requests/cpu", "value": "64M", "unsafe": true}]]
}

test_lowers_what_the_container_says if {
	fixes := [f.fix | some f in policy.deny] with input as fixture.pod_with({"resources": {"requests": {"cpu": "8G"}}}) with data.parameters as {"LT-RES-001": {"includeInit": false, "max": "2G"}} with data.settings as settings
	fixes == [[{"op": "replace", "path": "/resources/requests/cpu", "value": "2G", "unsafe": true}]]
}
