package lintel.network.ingress_nginx_snippets_test

import data.lintel.network.ingress_nginx_snippets as policy

defaults := {"LT-NET-007": {"allowedAnnotations": [], "prefix": "nginx.ingress.kubernetes.io"}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_ingress_shop if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {
			"name": "shop",
			"annotations": {
				"nginx.ingress.kubernetes.io/ssl-redirect": "true",
				"nginx.ingress.kubernetes.io/server-snippet": "location /x { return 200; }",
				"nginx.ingress.kubernetes.io/configuration-snippet": "more_set_headers 'a: b';",
			},
		},
		"spec": {"tls": [{"secretName": "shop"}]},
	}) == {"Ingress \"shop\" injects nginx configuration through nginx.ingress.kubernetes.io/configuration-snippet", "Ingress \"shop\" injects nginx configuration through nginx.ingress.kubernetes.io/server-snippet"}
}

test_reports_configmap_ingress_nginx_controller if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "ingress-nginx-controller"},
		"data": {"allow-snippet-annotations": "true"},
	}) == {"ConfigMap \"ingress-nginx-controller\" lets every Ingress inject nginx configuration"}
}

test_allows_ingress_shop if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "Ingress",
		"metadata": {"name": "shop", "annotations": {"nginx.ingress.kubernetes.io/ssl-redirect": "true"}},
		"spec": {"tls": [{"secretName": "shop"}]},
	}) == set()
}

test_allows_configmap_ingress_nginx_controller if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "ingress-nginx-controller"},
		"data": {"allow-snippet-annotations": "false"},
	}) == set()
}
