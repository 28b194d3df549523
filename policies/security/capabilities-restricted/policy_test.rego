package lintel.security.capabilities_restricted_test

import data.lintel.lib.fixture
import data.lintel.security.capabilities_restricted as policy

settings := {"kubernetes_version": "1.34", "pod_security_version": "latest"}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}) with data.settings as settings
	messages == {`container "app" does not drop ALL (securityContext.capabilities.drop)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}}}, {"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}) with data.settings as settings
	messages == {`container "setup" does not drop ALL (securityContext.capabilities.drop)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}}}, {"securityContext": {"capabilities": {"drop": ["NET_RAW"]}}}) with data.settings as settings
	messages == {`container "debug" does not drop ALL (securityContext.capabilities.drop)`}
}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({}) with data.settings as settings
	messages == {`container "app" does not drop ALL (securityContext.capabilities.drop)`}
}

test_reports_lower_case if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["all"]}}}) with data.settings as settings
	messages == {`container "app" does not drop ALL (securityContext.capabilities.drop)`}
}

test_reports_added if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"drop": ["ALL"], "add": ["CHOWN"]}}}) with data.settings as settings
	messages == {`container "app" adds the capability CHOWN`}
}

test_reports_added_before_1_22 if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["NET_RAW"]}}}) with data.settings as {"pod_security_version": "1.21"}
	messages == {`container "app" adds the capability NET_RAW`}
}

test_reports_windows_before_1_25 if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]}) with data.settings as {"pod_security_version": "1.24"}
	messages == {`container "app" does not drop ALL (securityContext.capabilities.drop)`}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}}}) with data.settings as settings
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}}}, {"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}}}) with data.settings as settings
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}}}, {"securityContext": {"capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}}}) with data.settings as settings
}

test_accepts_windows if {
	count(policy.deny) == 0 with input as fixture.pod({"os": {"name": "windows"}, "containers": [{"name": "app"}]}) with data.settings as settings
}

test_accepts_version_1_21 if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"capabilities": {"add": ["CHOWN"]}}}) with data.settings as {"pod_security_version": "1.21"}
}
