package lintel.network.ingress_wildcard_host_test

import data.lintel.network.ingress_wildcard_host as policy

defaults := {"LT-NET-013": {"allowedHosts": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_ingress_any if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "any"},
		"spec": {"rules": [{"http": {"paths": []}}]},
	}) == {"a rule of Ingress \"any\" names no host"}
}

test_reports_ingress_wild if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "wild"},
		"spec": {"rules": [{"host": "*.example.com"}, {"host": ""}]},
	}) == {"Ingress \"wild\" claims the wildcard host \"*.example.com\"", "a rule of Ingress \"wild\" names no host"}
}

test_allows_ingress_one if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "one"},
		"spec": {"rules": [{"host": "a.example.com"}]},
	}) == set()
}

test_allows_ingress_two if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "two"},
		"spec": {"rules": [{"host": "a.example.com"}, {"host": "b.example.com"}]},
	}) == set()
}

test_allows_listed_wildcard if {
	count(policy.deny) == 0 with input as {"spec": {"rules": [{"host": "*.example.com"}]}}
		with data.parameters as {"LT-NET-013": {"allowedHosts": ["*.example.com"]}}
}
