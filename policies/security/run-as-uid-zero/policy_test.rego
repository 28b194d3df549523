package lintel.security.run_as_uid_zero_test

import data.lintel.lib.fixture
import data.lintel.security.run_as_uid_zero as policy

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"runAsUser": 0}}) with data.settings as settings
	messages == {`container "app" runs as root (securityContext.runAsUser: 0)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"runAsUser": 10001}}, {"securityContext": {"runAsUser": 0}}) with data.settings as settings
	messages == {`container "setup" runs as root (securityContext.runAsUser: 0)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"runAsUser": 10001}}, {"securityContext": {"runAsUser": 0}}) with data.settings as settings
	messages == {`container "debug" runs as root (securityContext.runAsUser: 0)`}
}

test_reports_pod_level if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"securityContext": {"runAsUser": 0}, "containers": [{"name": "app", "securityContext": {"runAsUser": 1000}}]}) with data.settings as settings
	messages == {"the Pod runs its containers as root (securityContext.runAsUser: 0)"}
}

test_reports_own_user_namespace_before_1_35 if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"hostUsers": false, "securityContext": {"runAsUser": 0}}) with data.settings as {"pod_security_version": "1.34"}
	messages == {"the Pod runs its containers as root (securityContext.runAsUser: 0)"}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"runAsUser": 10001}}) with data.settings as settings
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"runAsUser": 10001}}, {"securityContext": {"runAsUser": 10001}}) with data.settings as settings
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"runAsUser": 10001}}, {"securityContext": {"runAsUser": 10001}}) with data.settings as settings
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.settings as settings
}

test_accepts_version_1_22 if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"runAsUser": 0}}) with data.settings as {"pod_security_version": "1.22"}
}

test_accepts_own_user_namespace if {
	count(policy.deny) == 0 with input as fixture.pod({"hostUsers": false, "securityContext": {"runAsUser": 0}}) with data.settings as settings
}
