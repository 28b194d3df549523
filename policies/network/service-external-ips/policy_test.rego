package lintel.network.service_external_ips_test

import data.lintel.network.service_external_ips as policy

defaults := {"LT-NET-006": {"allowedIPs": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_service_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "web"},
		"spec": {"externalIPs": ["203.0.113.7"], "ports": [{"port": 80}]},
	}) == {"Service \"web\" claims the external address 203.0.113.7"}
}

test_reports_service_dns if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "dns"},
		"spec": {"externalIPs": ["192.0.2.1", "192.0.2.2"], "ports": [{"port": 53}]},
	}) == {"Service \"dns\" claims the external address 192.0.2.1", "Service \"dns\" claims the external address 192.0.2.2"}
}

test_allows_service_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "web"},
		"spec": {"ports": [{"port": 80}]},
	}) == set()
}

test_allows_service_none if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "none"},
		"spec": {"externalIPs": [], "ports": [{"port": 80}]},
	}) == set()
}
