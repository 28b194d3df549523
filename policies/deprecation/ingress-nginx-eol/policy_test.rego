package lintel.deprecation.ingress_nginx_eol_test

import data.lintel.deprecation.ingress_nginx_eol as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_deployment_ingress_nginx_controller if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "ingress-nginx-controller"},
		"spec": {
			"template": {
				"spec": {
					"containers": [{"name": "controller", "image": "registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:aaaa"}],
				},
			},
		},
	}) == {"container \"controller\" runs the retired ingress-nginx controller (registry.k8s.io/ingress-nginx/controller:v1.11.2@sha256:aaaa)"}
}

test_reports_ingressclass_nginx if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "IngressClass",
		"metadata": {"name": "nginx"},
		"spec": {"controller": "k8s.io/ingress-nginx"},
	}) == {"IngressClass \"nginx\" is served by the retired ingress-nginx controller"}
}

test_reports_pod_old if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "old"},
		"spec": {
			"initContainers": [
				{"name": "warm", "image": "quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.30.0"},
			],
			"containers": [{"name": "a", "image": "example.com/a:1"}],
			"ephemeralContainers": [{"name": "debug", "image": "registry.k8s.io/ingress-nginx/controller-chroot:v1.11.2"}],
		},
	}) == {"container \"debug\" runs the retired ingress-nginx controller (registry.k8s.io/ingress-nginx/controller-chroot:v1.11.2)", "container \"warm\" runs the retired ingress-nginx controller (quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.30.0)"}
}

test_allows_deployment_web if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "web"},
		"spec": {"template": {"spec": {"containers": [{"name": "web", "image": "nginx:1.27"}]}}},
	}) == set()
}

test_allows_ingressclass_f5 if {
	messages({
		"apiVersion": "networking.k8s.io/v1",
		"kind": "IngressClass",
		"metadata": {"name": "f5"},
		"spec": {"controller": "nginx.org/ingress-controller"},
	}) == set()
}
