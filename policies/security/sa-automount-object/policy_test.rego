package lintel.security.sa_automount_object_test

import data.lintel.security.sa_automount_object as policy

parameters := {"LT-POD-036": {"allowedServiceAccounts": []}}

test_reports_unset if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}} with data.parameters as parameters
	messages == {`ServiceAccount "web" does not set automountServiceAccountToken to false`}
}

test_reports_true if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}, "automountServiceAccountToken": true} with data.parameters as parameters
	messages == {`ServiceAccount "web" does not set automountServiceAccountToken to false`}
}

test_accepts_false if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}, "automountServiceAccountToken": false} with data.parameters as parameters
}

test_accepts_allowed if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "controller", "namespace": "shop"}} with data.parameters as {"LT-POD-036": {"allowedServiceAccounts": ["controller"]}}
}
