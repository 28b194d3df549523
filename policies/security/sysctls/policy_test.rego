package lintel.security.sysctls_test

import data.lintel.lib.fixture
import data.lintel.security.sysctls as policy

parameters := {"LT-POD-028": {"allowedSysctls": [], "forbiddenSysctls": []}}

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_pod if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"sysctls": [{"name": "kernel.shmmax", "value": "0"}]}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
	messages == {"the Pod sets the sysctl kernel.shmmax"}
}

test_reports_slashes if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"sysctls": [{"name": "net/ipv4/tcp_syncookies", "value": "0"}]}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
	messages == {"the Pod sets the sysctl net/ipv4/tcp_syncookies"}
}

test_reports_an_older_version if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_rmem", "value": "0"}]}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as {"pod_security_version": "1.31"}
	messages == {"the Pod sets the sysctl net.ipv4.tcp_rmem"}
}

test_reports_no_name if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"sysctls": [{"value": "1"}]}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
	messages == {"the Pod sets the sysctl without a name"}
}

test_reports_with_init_and_ephemeral_containers if {
	messages := {f.msg | some f in policy.deny} with input as fixture.cron_job({"securityContext": {"sysctls": [{"name": "net.core.somaxconn", "value": "1"}]}, "initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters with data.settings as settings
	messages == {"the Pod sets the sysctl net.core.somaxconn"}
}

test_reports_forbidden_by_parameter if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_syncookies", "value": "0"}]}, "containers": [{"name": "app"}]}) with data.parameters as {"LT-POD-028": {"allowedSysctls": [], "forbiddenSysctls": ["net.ipv4.tcp_*"]}} with data.settings as settings
	messages == {"the Pod sets the sysctl net.ipv4.tcp_syncookies"}
}

test_accepts_a_safe_one if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_syncookies", "value": "0"}]}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
}

test_accepts_a_newer_one if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_rmem", "value": "0"}]}, "containers": [{"name": "app"}]}) with data.parameters as parameters with data.settings as settings
}

test_accepts_init_and_ephemeral_containers if {
	count(policy.deny) == 0 with input as fixture.pod({"initContainers": [{"name": "setup"}], "ephemeralContainers": [{"name": "debug"}]}) with data.parameters as parameters with data.settings as settings
}

test_accepts_allowed_by_parameter if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"sysctls": [{"name": "kernel.shmmax", "value": "0"}]}, "containers": [{"name": "app"}]}) with data.parameters as {"LT-POD-028": {"allowedSysctls": ["kernel.shmmax"], "forbiddenSysctls": []}} with data.settings as settings
}
