package lintel.security.selinux_test

import data.lintel.lib.fixture
import data.lintel.security.selinux as policy

parameters := {"LT-POD-027": {"allowedSELinuxOptions": []}}

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"seLinuxOptions": {"type": "spc_t"}}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "app" sets the SELinux type spc_t`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"seLinuxOptions": {"type": "container_t", "level": "s0:c123,c456"}}}, {"securityContext": {"seLinuxOptions": {"type": "spc_t"}}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "setup" sets the SELinux type spc_t`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"seLinuxOptions": {"type": "container_t", "level": "s0:c123,c456"}}}, {"securityContext": {"seLinuxOptions": {"type": "spc_t"}}}) with data.parameters as parameters with data.settings as settings
	messages == {`container "debug" sets the SELinux type spc_t`}
}

test_reports_user_and_role if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"securityContext": {"seLinuxOptions": {"user": "system_u", "role": "sysadm_r"}}}) with data.parameters as parameters with data.settings as settings
	messages == {
		"the Pod sets the SELinux role sysadm_r",
		"the Pod sets the SELinux user system_u",
	}
}

test_reports_engine_type_before_1_31 if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"seLinuxOptions": {"type": "container_engine_t"}}}) with data.parameters as parameters with data.settings as {"pod_security_version": "1.30"}
	messages == {`container "app" sets the SELinux type container_engine_t`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"seLinuxOptions": {"type": "container_t", "level": "s0:c123,c456"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"seLinuxOptions": {"type": "container_t", "level": "s0:c123,c456"}}}, {"securityContext": {"seLinuxOptions": {"type": "container_t", "level": "s0:c123,c456"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"seLinuxOptions": {"type": "container_t", "level": "s0:c123,c456"}}}, {"securityContext": {"seLinuxOptions": {"type": "container_t", "level": "s0:c123,c456"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as parameters with data.settings as settings
}

test_accepts_empty_role if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"seLinuxOptions": {"type": "container_t", "role": "", "user": null}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_engine_type if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"seLinuxOptions": {"type": "container_engine_t"}}}) with data.parameters as parameters with data.settings as settings
}

test_accepts_a_listed_block if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"seLinuxOptions": {"type": "spc_t"}}, "containers": [{"name": "app"}]}) with data.parameters as {"LT-POD-027": {"allowedSELinuxOptions": [{"type": "spc_t"}]}} with data.settings as settings
}
