package lintel.reliability.memory_limits_test

import data.lintel.lib.fixture
import data.lintel.reliability.memory_limits as policy

parameters := {"LT-RES-004": {"includeInit": false, "max": "", "requireEqualRequest": false}}

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no memory limit (resources.limits.memory)`}
}

test_reports_a_sidecar if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"resources": {"limits": {"memory": "128Mi"}}}, {"restartPolicy": "Always", "resources": {}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "setup" has no memory limit (resources.limits.memory)`}
}

test_reports_a_template if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"containers": [{"name": "app", "resources": {"limits": {"cpu": "1"}}}]}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no memory limit (resources.limits.memory)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"resources": {"limits": {"memory": "128Mi"}}}, {}) with data.parameters as {"LT-RES-004": {"includeInit": true, "max": "", "requireEqualRequest": false}} with data.settings as settings
	messages == {`container "setup" has no memory limit (resources.limits.memory)`}
}

test_reports_pod_level_before_1_34 if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"resources": {"limits": {"memory": "128Mi"}}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as {"kubernetes_version": "1.33"}
	messages == {`container "app" has no memory limit (resources.limits.memory)`}
}

test_reports_empty_text if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"limits": {"memory": ""}}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" has no memory limit (resources.limits.memory)`}
}

test_reports_too_much if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"limits": {"memory": "64Gi"}}}) with data.parameters as {"LT-RES-004": {"includeInit": false, "max": "8Gi", "requireEqualRequest": false}} with data.settings as settings
	messages == {`container "app" has a memory limit of 64Gi, above 8Gi`}
}

test_reports_another_request if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"resources": {"requests": {"memory": "64Mi"}, "limits": {"memory": "128Mi"}}}) with data.parameters as {"LT-RES-004": {"includeInit": false, "max": "", "requireEqualRequest": true}} with data.settings as settings
	messages == {`container "app" requests 64Mi of memory but its limit is 128Mi`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"limits": {"memory": "128Mi"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_a_number if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"limits": {"memory": 2}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_an_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"resources": {"limits": {"memory": "128Mi"}}}, {}) with data.parameters as parameters with data.settings as settings
}

test_accepts_an_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"resources": {"limits": {"memory": "128Mi"}}}, {}) with data.parameters as parameters with data.settings as settings
}

test_accepts_pod_level if {
	count(policy.deny) == 0 with input as fixture.pod({"resources": {"limits": {"memory": "128Mi"}}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
}

test_accepts_the_same_request if {
	count(policy.deny) == 0 with input as fixture.pod_with({"resources": {"requests": {"memory": "128Mi"}, "limits": {"memory": "134217728"}}}) with data.parameters as {"LT-RES-004": {"includeInit": false, "max": "", "requireEqualRequest": true}} with data.settings as settings
}

test_sets_the_configured_quantity if {
	fixes := [f.fix | some f in policy.deny] with input as fixture.pod_with({}) with data.parameters as {"LT-RES-004": {"includeInit": false, "default": "64M"}} with data.settings as settings
	fixes == [[{"op": "add", "path": "/resources/limits/memory", "value": "64M", "unsafe": true}]]
}

test_lowers_what_the_container_says if {
	fixes := [f.fix | some f in policy.deny] with input as fixture.pod_with({"resources": {"limits": {"memory": "8G"}}}) with data.parameters as {"LT-RES-004": {"includeInit": false, "max": "2G"}} with data.settings as settings
	fixes == [[{"op": "replace", "path": "/resources/limits/memory", "value": "2G", "unsafe": true}]]
}
