package lintel.network.networkpolicy_dns_test

import data.lintel.network.networkpolicy_dns as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"deny": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "deny", "namespace": "shop"},
						"spec": {"podSelector": {}, "policyTypes": ["Egress"]},
					},
				},
			},
		},
		"build": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"udp-only": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "udp-only", "namespace": "build"},
						"spec": {
							"podSelector": {"matchLabels": {"app": "ci"}},
							"egress": [{"ports": [{"port": 53, "protocol": "UDP"}, {"port": 443}]}],
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_networkpolicy_deny if {
	messages(fail_bundle.namespace.shop["networking.k8s.io/v1"].NetworkPolicy.deny, fail_bundle) == {"NetworkPolicy \"deny\" limits egress, but no policy for the same Pods allows DNS (port 53 over TCP and UDP)"}
}

test_reports_networkpolicy_udp_only if {
	messages(fail_bundle.namespace.build["networking.k8s.io/v1"].NetworkPolicy["udp-only"], fail_bundle) == {"NetworkPolicy \"udp-only\" limits egress, but no policy for the same Pods allows DNS (port 53 over TCP)"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"deny": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "deny", "namespace": "shop"},
						"spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
					},
					"dns": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "dns", "namespace": "shop"},
						"spec": {
							"podSelector": {},
							"policyTypes": ["Egress"],
							"egress": [{"ports": [{"port": 53, "protocol": "UDP"}, {"port": 1, "endPort": 100}]}],
						},
					},
				},
			},
		},
		"mesh": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"named": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "named", "namespace": "mesh"},
						"spec": {
							"podSelector": {},
							"egress": [{"ports": [{"port": "dns", "protocol": "UDP"}, {"protocol": "TCP"}]}],
						},
					},
				},
			},
		},
		"build": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"peers": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "peers", "namespace": "build"},
						"spec": {"podSelector": {"matchLabels": {"app": "ci"}}, "egress": [{"to": [{"namespaceSelector": {}}]}]},
					},
				},
			},
		},
		"edge": {
			"networking.k8s.io/v1": {
				"NetworkPolicy": {
					"ingress": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "NetworkPolicy",
						"metadata": {"name": "ingress", "namespace": "edge"},
						"spec": {"podSelector": {}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_networkpolicy_deny if {
	messages(pass_bundle.namespace.shop["networking.k8s.io/v1"].NetworkPolicy.deny, pass_bundle) == set()
}

test_allows_networkpolicy_dns if {
	messages(pass_bundle.namespace.shop["networking.k8s.io/v1"].NetworkPolicy.dns, pass_bundle) == set()
}

test_allows_networkpolicy_named if {
	messages(pass_bundle.namespace.mesh["networking.k8s.io/v1"].NetworkPolicy.named, pass_bundle) == set()
}

test_allows_networkpolicy_peers if {
	messages(pass_bundle.namespace.build["networking.k8s.io/v1"].NetworkPolicy.peers, pass_bundle) == set()
}

test_allows_networkpolicy_ingress if {
	messages(pass_bundle.namespace.edge["networking.k8s.io/v1"].NetworkPolicy.ingress, pass_bundle) == set()
}
