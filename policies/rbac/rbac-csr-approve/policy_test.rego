package lintel.rbac.rbac_csr_approve_test

import data.lintel.rbac.rbac_csr_approve as policy

defaults := {"LT-RBAC-009": {"allowedRoles": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_clusterrole_csr if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "csr"},
		"rules": [
			{
				"apiGroups": ["certificates.k8s.io"],
				"resources": ["certificatesigningrequests/approval"],
				"verbs": ["update"],
			},
		],
	}) == {"ClusterRole \"csr\" can approve certificate requests (update on certificatesigningrequests/approval)"}
}

test_reports_clusterrole_signer if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "signer"},
		"rules": [
			{
				"apiGroups": ["certificates.k8s.io"],
				"resources": ["signers"],
				"resourceNames": ["kubernetes.io/kube-apiserver-client"],
				"verbs": ["approve"],
			},
		],
	}) == {"ClusterRole \"signer\" can approve certificate requests (approve on signers)"}
}

test_allows_clusterrole_requester if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "requester"},
		"rules": [
			{
				"apiGroups": ["certificates.k8s.io"],
				"resources": ["certificatesigningrequests"],
				"verbs": ["create", "get", "list"],
			},
		],
	}) == set()
}

test_allows_clusterrole_approval_reader if {
	messages({
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind": "ClusterRole",
		"metadata": {"name": "approval-reader"},
		"rules": [
			{
				"apiGroups": ["certificates.k8s.io"],
				"resources": ["certificatesigningrequests/approval"],
				"verbs": ["get"],
			},
		],
	}) == set()
}
