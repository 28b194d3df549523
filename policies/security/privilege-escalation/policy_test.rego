package lintel.security.privilege_escalation_test

import data.lintel.lib.fixture
import data.lintel.security.privilege_escalation as policy

parameters := {"LT-POD-002": {"exemptImages": [], "strictUnset": true}}

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"allowPrivilegeEscalation": true}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" allows privilege escalation (securityContext.allowPrivilegeEscalation: true)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"allowPrivilegeEscalation": false}}, {"securityContext": {"allowPrivilegeEscalation": true}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "setup" allows privilege escalation (securityContext.allowPrivilegeEscalation: true)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"allowPrivilegeEscalation": false}}, {"securityContext": {"allowPrivilegeEscalation": true}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "debug" allows privilege escalation (securityContext.allowPrivilegeEscalation: true)`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" does not set securityContext.allowPrivilegeEscalation to false`}
}

test_reports_null if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"allowPrivilegeEscalation": null}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" does not set securityContext.allowPrivilegeEscalation to false`}
}

test_reports_windows_before_1_25 if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as {"pod_security_version": "1.24"}
	messages == {`container "app" does not set securityContext.allowPrivilegeEscalation to false`}
}

test_reports_windows_by_node_selector if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"nodeSelector": {"kubernetes.io/os": "windows"}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" does not set securityContext.allowPrivilegeEscalation to false`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"allowPrivilegeEscalation": false}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"allowPrivilegeEscalation": false}}, {"securityContext": {"allowPrivilegeEscalation": false}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"allowPrivilegeEscalation": false}}, {"securityContext": {"allowPrivilegeEscalation": false}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_windows if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
}

test_accepts_version_1_7 if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as parameters with data.settings as {"pod_security_version": "1.7"}
}

test_accepts_unset_when_lenient if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as {"LT-POD-002": {"exemptImages": [], "strictUnset": false}} with data.settings as settings
}

test_accepts_exempt_image if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as {"LT-POD-002": {"exemptImages": ["registry.example/app:1.4.2"], "strictUnset": true}} with data.settings as settings
}
