package lintel.network.ingress_class_test

import data.lintel.network.ingress_class as policy

defaults := {"LT-NET-015": {"allowedClasses": [], "allowDefaultBackend": false}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_ingress_fallback if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "fallback"},
		"spec": {"defaultBackend": {"service": {"name": "web", "port": {"number": 80}}}},
	}) == {"Ingress \"fallback\" sets a default backend"}
}

test_reports_ingress_old if {
	messages({
		"apiVersion": "extensions/v1beta1",
		"kind": "Ingress",
		"metadata": {"name": "old"},
		"spec": {"backend": {"serviceName": "web", "servicePort": 80}},
	}) == {"Ingress \"old\" sets a default backend"}
}

test_allows_ingress_one if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "one"},
		"spec": {"ingressClassName": "nginx"},
	}) == set()
}

test_allows_ingress_two if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "two", "annotations": {"kubernetes.io/ingress.class": "traefik"}},
		"spec": {"rules": []},
	}) == set()
}

listed := {"LT-NET-015": {"allowedClasses": ["public"], "allowDefaultBackend": true}}

test_reports_class_outside_list if {
	count(policy.deny) == 1 with input as {"spec": {"ingressClassName": "nginx", "defaultBackend": {}}} with data.parameters as listed
}

test_reports_missing_class if {
	count(policy.deny) == 1 with input as {"metadata": {}} with data.parameters as listed
}

test_allows_class_by_annotation if {
	count(policy.deny) == 0 with input as {"metadata": {"annotations": {"kubernetes.io/ingress.class": "public"}}, "spec": {}}
		with data.parameters as listed
}
