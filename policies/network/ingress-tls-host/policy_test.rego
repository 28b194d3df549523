package lintel.network.ingress_tls_host_test

import data.lintel.network.ingress_tls_host as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_ingress_two if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "two"},
		"spec": {
			"tls": [{"hosts": ["a.example.com"], "secretName": "a"}],
			"rules": [{"host": "a.example.com"}, {"host": "b.example.com"}],
		},
	}) == {"host \"b.example.com\" of Ingress \"two\" is in no TLS entry"}
}

test_reports_ingress_deep if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "deep"},
		"spec": {"tls": [{"hosts": ["*.example.com"], "secretName": "a"}], "rules": [{"host": "x.y.example.com"}]},
	}) == {"host \"x.y.example.com\" of Ingress \"deep\" is in no TLS entry"}
}

test_allows_ingress_wild if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "wild"},
		"spec": {
			"tls": [{"hosts": ["*.example.com"], "secretName": "a"}],
			"rules": [{"host": "a.example.com"}, {"host": "*.example.com"}],
		},
	}) == set()
}

test_allows_ingress_all if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "all"},
		"spec": {"tls": [{"secretName": "a"}], "rules": [{"host": "a.example.com"}]},
	}) == set()
}

test_allows_ingress_none if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "none"},
		"spec": {"rules": [{"host": "a.example.com"}]},
	}) == set()
}
