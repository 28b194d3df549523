package lintel.security.scc_privileged_test

import data.lintel.security.scc_privileged as policy

test_reports_privileged if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "security.openshift.io/v1", "kind": "SecurityContextConstraints", "metadata": {"name": "x"}, "allowPrivilegedContainer": true, "allowHostPID": true}
	messages == {
		`SecurityContextConstraints "x" sets allowHostPID to true`,
		`SecurityContextConstraints "x" sets allowPrivilegedContainer to true`,
	}
}

test_reports_any_user if {
	messages := {f.msg | some f in policy.deny} with input as {"apiVersion": "security.openshift.io/v1", "kind": "SecurityContextConstraints", "metadata": {"name": "x"}, "runAsUser": {"type": "RunAsAny"}, "allowedCapabilities": ["*"]}
	messages == {
		`SecurityContextConstraints "x" allows the capability *`,
		`SecurityContextConstraints "x" lets Pods run as any user (runAsUser.type: RunAsAny)`,
	}
}

test_accepts_strict if {
	count(policy.deny) == 0 with input as {"apiVersion": "security.openshift.io/v1", "kind": "SecurityContextConstraints", "metadata": {"name": "x"}, "allowPrivilegedContainer": false, "runAsUser": {"type": "MustRunAsRange"}}
}

test_accepts_empty if {
	count(policy.deny) == 0 with input as {"apiVersion": "security.openshift.io/v1", "kind": "SecurityContextConstraints", "metadata": {"name": "x"}, "allowedCapabilities": null}
}
