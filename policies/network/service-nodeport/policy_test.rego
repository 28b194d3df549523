package lintel.network.service_nodeport_test

import data.lintel.network.service_nodeport as policy

defaults := {"LT-NET-004": {"allowedNamespaces": [], "includeLoadBalancers": false}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_service_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "web"},
		"spec": {"type": "NodePort", "selector": {"app": "web"}, "ports": [{"port": 80}]},
	}) == {"Service \"web\" of type NodePort opens ports on every node"}
}

test_reports_service_api if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "api", "namespace": "shop"},
		"spec": {"type": "NodePort", "ports": [{"port": 80, "nodePort": 30080}]},
	}) == {"Service \"api\" of type NodePort opens ports on every node"}
}

test_allows_service_web if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "web"},
		"spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]},
	}) == set()
}

test_allows_service_edge if {
	messages({
		"apiVersion": "v1",
		"kind": "Service",
		"metadata": {"name": "edge"},
		"spec": {"type": "LoadBalancer", "ports": [{"port": 443}]},
	}) == set()
}

test_reports_load_balancer_when_asked if {
	count(policy.deny) == 1 with input as {"spec": {"type": "LoadBalancer"}}
		with data.parameters as {"LT-NET-004": {"allowedNamespaces": [], "includeLoadBalancers": true}}
}
