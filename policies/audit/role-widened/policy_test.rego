package lintel.audit.role_widened_test

import data.lintel.audit.role_widened as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-005": {"allowedUsers": ["ops-*"]}}

test_reports_wildcards if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "create", role, {"requestObject": {"rules": [{"verbs": ["*"], "resources": ["*"]}]}}) with data.parameters as parameters
	messages == {`alice put all verbs on all resources into clusterroles wide`}
}

test_reports_escalate if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "patch", role, {"responseObject": {"rules": [{"verbs": ["get", "bind"], "resources": ["clusterroles"]}]}}) with data.parameters as parameters
	messages == {`alice put the verb bind into clusterroles wide`}
}

test_accepts_narrow_role if {
	count(policy.deny) == 0 with input as fixture.event("alice", "create", role, {"requestObject": {"rules": [{"verbs": ["get"], "resources": ["*"]}]}}) with data.parameters as parameters
}

test_accepts_component if {
	count(policy.deny) == 0 with input as fixture.event("system:apiserver", "create", role, {"requestObject": {"rules": [{"verbs": ["*"], "resources": ["*"]}]}}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "create", role, {"requestObject": {"rules": [{"verbs": ["*"], "resources": ["*"]}]}}) with data.parameters as parameters
}

role := {"resource": "clusterroles", "apiGroup": "rbac.authorization.k8s.io", "name": "wide"}
