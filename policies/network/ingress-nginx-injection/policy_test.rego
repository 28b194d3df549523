package lintel.network.ingress_nginx_injection_test

import data.lintel.network.ingress_nginx_injection as policy

defaults := {"LT-NET-014": {"prefix": "nginx.ingress.kubernetes.io"}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_ingress_auth if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {
			"name": "auth",
			"annotations": {"nginx.ingress.kubernetes.io/auth-url": "http://example.com/#;}\nssl_engine foobar"},
		},
		"spec": {"rules": []},
	}) == {"annotation nginx.ingress.kubernetes.io/auth-url of Ingress \"auth\" holds characters that end an nginx directive"}
}

test_reports_ingress_path if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "path"},
		"spec": {
			"rules": [
				{
					"host": "a.example.com",
					"http": {"paths": [{"path": "/a/var/run/secrets/kubernetes.io", "pathType": "Prefix"}]},
				},
			],
		},
	}) == {"path \"/a/var/run/secrets/kubernetes.io\" of Ingress \"path\" looks like an injection"}
}

test_allows_ingress_auth if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {
			"name": "auth",
			"annotations": {
				"nginx.ingress.kubernetes.io/auth-url": "https://$host/oauth2/auth?rd=$escaped_request_uri",
				"nginx.ingress.kubernetes.io/rewrite-target": "/$2",
			},
		},
		"spec": {"rules": []},
	}) == set()
}

test_allows_ingress_path if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "path"},
		"spec": {"rules": [{"http": {"paths": [{"path": "/api(/|$)(.*)", "pathType": "ImplementationSpecific"}]}}]},
	}) == set()
}
