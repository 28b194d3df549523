package lintel.security.proc_mount_test

import data.lintel.lib.fixture
import data.lintel.security.proc_mount as policy

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"procMount": "Unmasked"}}) with data.settings as settings
	messages == {`container "app" mounts /proc unprotected (securityContext.procMount: Unmasked)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"procMount": "Default"}}, {"securityContext": {"procMount": "Unmasked"}}) with data.settings as settings
	messages == {`container "setup" mounts /proc unprotected (securityContext.procMount: Unmasked)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"procMount": "Default"}}, {"securityContext": {"procMount": "Unmasked"}}) with data.settings as settings
	messages == {`container "debug" mounts /proc unprotected (securityContext.procMount: Unmasked)`}
}

test_reports_own_user_namespace_before_1_35 if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"hostUsers": false, "containers": [{"name": "app", "securityContext": {"procMount": "Unmasked"}}]}) with data.settings as {"pod_security_version": "1.34"}
	messages == {`container "app" mounts /proc unprotected (securityContext.procMount: Unmasked)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"procMount": "Default"}}) with data.settings as settings
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"procMount": "Default"}}, {"securityContext": {"procMount": "Default"}}) with data.settings as settings
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"procMount": "Default"}}, {"securityContext": {"procMount": "Default"}}) with data.settings as settings
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.settings as settings
}

test_accepts_null if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"procMount": null}}) with data.settings as settings
}

test_accepts_own_user_namespace if {
	count(policy.deny) == 0 with input as fixture.pod({"hostUsers": false, "containers": [{"name": "app", "securityContext": {"procMount": "Unmasked"}}]}) with data.settings as settings
}
