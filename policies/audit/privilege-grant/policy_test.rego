package lintel.audit.privilege_grant_test

import data.lintel.audit.privilege_grant as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-004": {"roles": ["cluster-admin", "system:*"], "allowedUsers": ["ops-*"]}}

test_reports_cluster_admin if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "create", binding, {"requestObject": {"roleRef": {"name": "cluster-admin"}, "subjects": [{"kind": "User", "name": "mallory"}, {"kind": "Group", "name": "dev"}]}}) with data.parameters as parameters
	messages == {`alice bound group dev, user mallory to role cluster-admin with clusterrolebindings evil`}
}

test_reports_patch if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("system:serviceaccount:shop:web", "patch", binding, {"responseObject": {"roleRef": {"name": "system:node"}}}) with data.parameters as parameters
	messages == {`system:serviceaccount:shop:web bound somebody to role system:node with clusterrolebindings evil`}
}

test_reports_unknown_role if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "create", binding, {}) with data.parameters as parameters
	messages == {`alice did create clusterrolebindings evil, and the event does not tell which role it binds`}
}

test_accepts_small_role if {
	count(policy.deny) == 0 with input as fixture.event("alice", "create", binding, {"requestObject": {"roleRef": {"name": "view"}}}) with data.parameters as parameters
}

test_accepts_deletion if {
	count(policy.deny) == 0 with input as fixture.event("alice", "delete", binding, {}) with data.parameters as parameters
}

test_accepts_component if {
	count(policy.deny) == 0 with input as fixture.event("system:apiserver", "create", binding, {"requestObject": {"roleRef": {"name": "cluster-admin"}}}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "create", binding, {"requestObject": {"roleRef": {"name": "cluster-admin"}}}) with data.parameters as parameters
}

binding := {"resource": "clusterrolebindings", "apiGroup": "rbac.authorization.k8s.io", "name": "evil"}

test_reports_everybody if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "create", binding, {"requestObject": {"roleRef": {"name": "view"}, "subjects": [{"kind": "User", "name": "system:anonymous"}]}}) with data.parameters as parameters
	messages == {`alice bound system:anonymous, which is everybody without credentials, to role view with clusterrolebindings evil`}
}
