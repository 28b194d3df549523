package lintel.security.root_group_test

import data.lintel.lib.fixture
import data.lintel.security.root_group as policy

parameters := {"LT-POD-007": {"allowedRanges": [{"min": 1, "max": 4294967295}]}}

test_reports_a_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with({"securityContext": {"runAsGroup": 0}}) with data.parameters as parameters
	messages == {`container "app" runs with group 0 (securityContext.runAsGroup)`}
}

test_reports_an_init_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_init({"securityContext": {"runAsGroup": 20000}}, {"securityContext": {"runAsGroup": 0}}) with data.parameters as parameters
	messages == {`container "setup" runs with group 0 (securityContext.runAsGroup)`}
}

test_reports_an_ephemeral_container if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod_with_ephemeral({"securityContext": {"runAsGroup": 20000}}, {"securityContext": {"runAsGroup": 0}}) with data.parameters as parameters
	messages == {`container "debug" runs with group 0 (securityContext.runAsGroup)`}
}

test_reports_pod_groups if {
	messages := {f.msg | some f in policy.deny} with input as fixture.deployment({"securityContext": {"runAsGroup": 0, "fsGroup": 0, "supplementalGroups": [4000, 0]}}) with data.parameters as parameters
	messages == {
		"the Pod runs with group 0 (securityContext.fsGroup)",
		"the Pod runs with group 0 (securityContext.runAsGroup)",
		"the Pod runs with group 0 (securityContext.supplementalGroups)",
	}
}

test_reports_outside_a_range if {
	messages := {f.msg | some f in policy.deny} with input as fixture.pod({"securityContext": {"fsGroup": 500}}) with data.parameters as {"LT-POD-007": {"allowedRanges": [{"min": 1000, "max": 2000}]}}
	messages == {"the Pod runs with group 500 (securityContext.fsGroup)"}
}

test_accepts_good_container if {
	count(policy.deny) == 0 with input as fixture.pod_with({"securityContext": {"runAsGroup": 20000}}) with data.parameters as parameters
}

test_accepts_good_init_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_init({"securityContext": {"runAsGroup": 20000}}, {"securityContext": {"runAsGroup": 20000}}) with data.parameters as parameters
}

test_accepts_good_ephemeral_container if {
	count(policy.deny) == 0 with input as fixture.pod_with_ephemeral({"securityContext": {"runAsGroup": 20000}}, {"securityContext": {"runAsGroup": 20000}}) with data.parameters as parameters
}

test_accepts_unset if {
	count(policy.deny) == 0 with input as fixture.pod_with({}) with data.parameters as parameters
}

test_accepts_inside_a_range if {
	count(policy.deny) == 0 with input as fixture.pod({"securityContext": {"fsGroup": 1500}}) with data.parameters as {"LT-POD-007": {"allowedRanges": [{"min": 1000, "max": 2000}]}}
}

test_fixes_with_a_number_of_the_range if {
	pod := fixture.pod_with({"securityContext": {"runAsGroup": 0}})
	fix_of(pod, [{"min": 1, "max": 4294967295}]) == 10001
	fix_of(pod, [{"min": 20000, "max": 30000}]) == 20000
	fix_of(pod, [{"min": 1, "max": 500}]) == 500
	fix_of(pod, []) == 10001
}

fix_of(pod, ranges) := [f.fix[0].value | some f in policy.deny with input as pod with data.parameters as {"LT-POD-007": {"allowedRanges": ranges}}][0]
