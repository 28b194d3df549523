package lintel.security.run_as_non_root_restricted_test

import data.lintel.lib.fixture
import data.lintel.security.run_as_non_root_restricted as policy

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"runAsNonRoot": false}}) with data.settings as settings
	messages == {`container "app" sets runAsNonRoot to false`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"runAsNonRoot": true}}, {"securityContext": {"runAsNonRoot": false}}) with data.settings as settings
	messages == {`container "setup" sets runAsNonRoot to false`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"runAsNonRoot": true}}, {"securityContext": {"runAsNonRoot": false}}) with data.settings as settings
	messages == {`container "debug" sets runAsNonRoot to false`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.settings as settings
	messages == {`container "app" does not set runAsNonRoot to true, and neither does the Pod`}
}

test_reports_one_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"runAsNonRoot": true}, "containers": [{"name": "app", "securityContext": {"runAsNonRoot": false}}]}) with data.settings as settings
	messages == {`container "app" sets runAsNonRoot to false`}
}

test_reports_pod_false if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"securityContext": {"runAsNonRoot": false}, "containers": [{"name": "app", "securityContext": {"runAsNonRoot": true}}]}) with data.settings as settings
	messages == {"the Pod sets runAsNonRoot to false"}
}

test_reports_user_without_flag if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"runAsUser": 1000}}) with data.settings as settings
	messages == {`container "app" does not set runAsNonRoot to true, and neither does the Pod`}
}

test_reports_windows if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]}) with data.settings as settings
	messages == {`container "app" does not set runAsNonRoot to true, and neither does the Pod`}
}

test_reports_own_user_namespace_before_1_35 if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"hostUsers": false, "containers": [{"name": "app"}]}) with data.settings as {"pod_security_version": "1.34"}
	messages == {`container "app" does not set runAsNonRoot to true, and neither does the Pod`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"runAsNonRoot": true}}) with data.settings as settings
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"runAsNonRoot": true}}, {"securityContext": {"runAsNonRoot": true}}) with data.settings as settings
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"runAsNonRoot": true}}, {"securityContext": {"runAsNonRoot": true}}) with data.settings as settings
}

test_accepts_pod_level if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"runAsNonRoot": true}, "containers": [{"name": "app"}]}) with data.settings as settings
}

test_accepts_own_user_namespace if {
	count(policy.deny) == 0 with input as fixture.pod({"hostUsers": false, "securityContext": {"runAsNonRoot": false}, "containers": [{"name": "app"}]}) with data.settings as settings
}
