package lintel.wiring.route_backend_missing_test

import data.lintel.wiring.route_backend_missing as policy

defaults := {"LT-REF-020": {"externalServices": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.settings as {"strict_references": true} with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"gateway.networking.k8s.io/v1": {
				"HTTPRoute": {
					"web": {
						"apiVersion": "gateway.networking.k8s.io/v1",
						"kind": "HTTPRoute",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"parentRefs": [{"name": "public", "sectionName": "https"}, {"name": "private"}],
							"rules": [
								{
									"backendRefs": [
										{"name": "gone", "port": 80},
										{"name": "web", "port": 81},
										{"name": "api", "namespace": "other", "port": 80},
									],
								},
							],
						},
					},
				},
				"Gateway": {
					"public": {
						"apiVersion": "gateway.networking.k8s.io/v1",
						"kind": "Gateway",
						"metadata": {"name": "public", "namespace": "shop"},
						"spec": {"listeners": [{"name": "http"}]},
					},
				},
			},
			"traefik.io/v1alpha1": {
				"IngressRoute": {
					"web": {
						"apiVersion": "traefik.io/v1alpha1",
						"kind": "IngressRoute",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"routes": [{"services": [{"name": "webb", "port": 80}]}]},
					},
				},
			},
			"networking.istio.io/v1": {
				"VirtualService": {
					"web": {
						"apiVersion": "networking.istio.io/v1",
						"kind": "VirtualService",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"http": [
								{
									"route": [
										{"destination": {"host": "gone.shop.svc.cluster.local"}},
										{"destination": {"host": "web", "port": {"number": 8080}}},
									],
								},
							],
						},
					},
				},
			},
			"v1": {
				"Service": {
					"web": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"ports": [{"port": 80}]},
					},
				},
			},
		},
		"other": {
			"v1": {
				"Service": {
					"api": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "api", "namespace": "other"},
						"spec": {"ports": [{"port": 80}]},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_httproute_web if {
	messages(fail_bundle.namespace.shop["gateway.networking.k8s.io/v1"].HTTPRoute.web, fail_bundle) == {"HTTPRoute \"web\" belongs to Gateway shop/private, which does not exist", "HTTPRoute \"web\" belongs to listener \"https\", which Gateway \"public\" does not have", "HTTPRoute \"web\" sends to Service shop/gone, which does not exist", "HTTPRoute \"web\" sends to port 81 of Service shop/web, which does not have it", "no ReferenceGrant lets HTTPRoute \"web\" send to Service other/api"}
}

test_reports_ingressroute_web if {
	messages(fail_bundle.namespace.shop["traefik.io/v1alpha1"].IngressRoute.web, fail_bundle) == {"IngressRoute \"web\" sends to Service shop/webb, which does not exist; there is Service \"web\""}
}

test_reports_virtualservice_web if {
	messages(fail_bundle.namespace.shop["networking.istio.io/v1"].VirtualService.web, fail_bundle) == {"VirtualService \"web\" sends to Service shop/gone, which does not exist", "VirtualService \"web\" sends to port 8080 of Service shop/web, which does not have it"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"gateway.networking.k8s.io/v1": {
				"HTTPRoute": {
					"web": {
						"apiVersion": "gateway.networking.k8s.io/v1",
						"kind": "HTTPRoute",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"parentRefs": [{"name": "public", "sectionName": "http"}],
							"rules": [
								{
									"backendRefs": [
										{"name": "web", "port": 80},
										{"name": "api", "namespace": "other", "port": 80},
										{"kind": "Bucket", "group": "example.com", "name": "x"},
									],
								},
							],
						},
					},
				},
				"Gateway": {
					"public": {
						"apiVersion": "gateway.networking.k8s.io/v1",
						"kind": "Gateway",
						"metadata": {"name": "public", "namespace": "shop"},
						"spec": {"listeners": [{"name": "http"}]},
					},
				},
			},
			"traefik.io/v1alpha1": {
				"IngressRoute": {
					"web": {
						"apiVersion": "traefik.io/v1alpha1",
						"kind": "IngressRoute",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"routes": [{"services": [{"name": "web", "port": "http"}, {"kind": "TraefikService", "name": "split"}]}],
						},
					},
				},
			},
			"networking.istio.io/v1": {
				"VirtualService": {
					"web": {
						"apiVersion": "networking.istio.io/v1",
						"kind": "VirtualService",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"http": [
								{
									"route": [
										{"destination": {"host": "web"}},
										{"destination": {"host": "api.other", "port": {"number": 80}}},
										{"destination": {"host": "example.org"}},
									],
								},
							],
						},
					},
				},
			},
			"v1": {
				"Service": {
					"web": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"ports": [{"port": 80, "name": "http"}]},
					},
				},
			},
		},
		"other": {
			"gateway.networking.k8s.io/v1beta1": {
				"ReferenceGrant": {
					"shop": {
						"apiVersion": "gateway.networking.k8s.io/v1beta1",
						"kind": "ReferenceGrant",
						"metadata": {"name": "shop", "namespace": "other"},
						"spec": {
							"from": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": "shop"}],
							"to": [{"group": "", "kind": "Service"}],
						},
					},
				},
			},
			"v1": {
				"Service": {
					"api": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "api", "namespace": "other"},
						"spec": {"ports": [{"port": 80}]},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_httproute_web if {
	messages(pass_bundle.namespace.shop["gateway.networking.k8s.io/v1"].HTTPRoute.web, pass_bundle) == set()
}

test_allows_ingressroute_web if {
	messages(pass_bundle.namespace.shop["traefik.io/v1alpha1"].IngressRoute.web, pass_bundle) == set()
}

test_allows_virtualservice_web if {
	messages(pass_bundle.namespace.shop["networking.istio.io/v1"].VirtualService.web, pass_bundle) == set()
}
