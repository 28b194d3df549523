package lintel.security.proc_mount_restricted_test

import data.lintel.lib.fixture
import data.lintel.security.proc_mount_restricted as policy

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"procMount": "Unmasked"}})
	messages == {`container "app" mounts /proc unprotected (securityContext.procMount: Unmasked)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"procMount": "Default"}}, {"securityContext": {"procMount": "Unmasked"}})
	messages == {`container "setup" mounts /proc unprotected (securityContext.procMount: Unmasked)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"procMount": "Default"}}, {"securityContext": {"procMount": "Unmasked"}})
	messages == {`container "debug" mounts /proc unprotected (securityContext.procMount: Unmasked)`}
}

test_reports_own_user_namespace if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"hostUsers": false, "containers": [{"name": "app", "securityContext": {"procMount": "Unmasked"}}]})
	messages == {`container "app" mounts /proc unprotected (securityContext.procMount: Unmasked)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"procMount": "Default"}})
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"procMount": "Default"}}, {"securityContext": {"procMount": "Default"}})
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"procMount": "Default"}}, {"securityContext": {"procMount": "Default"}})
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({})
}

test_accepts_null if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"procMount": null}})
}
