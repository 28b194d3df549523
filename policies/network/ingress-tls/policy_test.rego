package lintel.network.ingress_tls_test

import data.lintel.network.ingress_tls as policy

defaults := {"LT-NET-001": {"requireAllowHttpFalse": false, "requireSecretName": false, "ingressClasses": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_ingress_shop if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "shop"},
		"spec": {
			"rules": [
				{
					"host": "shop.example.com",
					"http": {
						"paths": [
							{
								"path": "/",
								"pathType": "Prefix",
								"backend": {"service": {"name": "web", "port": {"number": 80}}},
							},
						],
					},
				},
			],
		},
	}) == {"Ingress \"shop\" has no TLS section"}
}

test_reports_ingress_empty if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "empty"},
		"spec": {"tls": [], "defaultBackend": {"service": {"name": "web", "port": {"number": 80}}}},
	}) == {"Ingress \"empty\" has no TLS section"}
}

test_allows_ingress_shop if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "shop"},
		"spec": {
			"tls": [{"hosts": ["shop.example.com"], "secretName": "shop-tls"}],
			"rules": [{"host": "shop.example.com"}],
		},
	}) == set()
}

test_allows_ingress_controller_default_certificate if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "controller-default-certificate"},
		"spec": {"tls": [{"hosts": ["api.example.com"]}], "rules": [{"host": "api.example.com"}]},
	}) == set()
}

strict := {"LT-NET-001": {"requireAllowHttpFalse": true, "requireSecretName": true, "ingressClasses": ["public"]}}

test_reports_missing_secret_and_open_http_when_strict if {
	object := {"metadata": {"name": "a"}, "spec": {"ingressClassName": "public", "tls": [{"hosts": ["a.example.com"]}, {"secretName": "b"}]}}
	count(policy.deny) == 2 with input as object with data.parameters as strict
}

test_allows_other_class if {
	count(policy.deny) == 0 with input as {"metadata": {}, "spec": {"ingressClassName": "internal"}} with data.parameters as strict
}
