package lintel.audit.secret_read_test

import data.lintel.audit.secret_read as policy
import data.lintel.lib.audit_fixture as fixture

parameters := {"LT-AUD-002": {"allowedUsers": ["ops-*"]}}

test_reports_get if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "get", {"resource": "secrets", "namespace": "shop", "name": "tls"}, {}) with data.parameters as parameters
	messages == {`alice did get secrets shop/tls`}
}

test_reports_list if {
	messages := {f.msg | some f in policy.deny} with input as fixture.event("alice", "list", {"resource": "secrets"}, {"impersonatedUser": {"username": "root"}}) with data.parameters as parameters
	messages == {`alice as root did list secrets`}
}

test_accepts_change if {
	count(policy.deny) == 0 with input as fixture.event("alice", "update", {"resource": "secrets", "namespace": "shop", "name": "tls"}, {}) with data.parameters as parameters
}

test_accepts_refusal if {
	count(policy.deny) == 0 with input as fixture.event("alice", "get", {"resource": "secrets", "namespace": "shop", "name": "tls"}, {"responseStatus": {"code": 403}}) with data.parameters as parameters
}

test_accepts_controller if {
	count(policy.deny) == 0 with input as fixture.event("system:serviceaccount:kube-system:generic-garbage-collector", "list", {"resource": "secrets"}, {}) with data.parameters as parameters
}

test_accepts_other_group if {
	count(policy.deny) == 0 with input as fixture.event("alice", "get", {"resource": "secrets", "apiGroup": "vault.example"}, {}) with data.parameters as parameters
}

test_accepts_allowed_user if {
	count(policy.deny) == 0 with input as fixture.event("ops-eva", "get", {"resource": "secrets"}, {}) with data.parameters as parameters
}
