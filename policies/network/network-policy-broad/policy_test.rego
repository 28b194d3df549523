package lintel.network.network_policy_broad_test

import data.lintel.network.network_policy_broad as policy

defaults := {"LT-NET-010": {"directions": ["ingress", "egress"]}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_networkpolicy_open if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "open"},
		"spec": {"podSelector": {}, "ingress": [{}]},
	}) == {"an ingress rule of NetworkPolicy \"open\" allows everything"}
}

test_reports_networkpolicy_internet if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "internet"},
		"spec": {
			"podSelector": {},
			"policyTypes": ["Egress"],
			"egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]}],
		},
	}) == {"an egress rule of NetworkPolicy \"internet\" allows everything"}
}

test_allows_networkpolicy_deny if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "deny"},
		"spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
	}) == set()
}

test_allows_networkpolicy_narrow if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "NetworkPolicy",
		"metadata": {"name": "narrow"},
		"spec": {
			"podSelector": {},
			"ingress": [{"ports": [{"port": 443}]}],
			"egress": [
				{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"]}}]},
				{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [{"port": 443}]},
			],
		},
	}) == set()
}
