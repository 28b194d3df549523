package lintel.wiring.dangling_ingress_test

import data.lintel.wiring.dangling_ingress as policy

defaults := {"LT-REF-003": {"externalServices": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.settings as {"strict_references": true} with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"networking.k8s.io/v1": {
				"Ingress": {
					"shop": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "shop", "namespace": "shop"},
						"spec": {
							"defaultBackend": {"service": {"name": "gone", "port": {"number": 80}}},
							"rules": [
								{
									"http": {
										"paths": [
											{"path": "/", "backend": {"service": {"name": "web", "port": {"number": 8080}}}},
											{"path": "/admin", "backend": {"service": {"name": "web", "port": {"name": "admin"}}}},
										],
									},
								},
							],
						},
					},
				},
			},
			"networking.k8s.io/v1beta1": {
				"Ingress": {
					"old": {
						"apiVersion": "networking.k8s.io/v1beta1",
						"kind": "Ingress",
						"metadata": {"name": "old", "namespace": "shop"},
						"spec": {"backend": {"serviceName": "other", "servicePort": 80}},
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
	},
	"cluster": {},
}

test_reports_ingress_shop if {
	messages(fail_bundle.namespace.shop["networking.k8s.io/v1"].Ingress.shop, fail_bundle) == {"Ingress \"shop\" sends to Service \"gone\", which is not in namespace \"shop\"", "Ingress \"shop\" sends to port 8080 of Service \"web\", which does not have it", "Ingress \"shop\" sends to port admin of Service \"web\", which does not have it"}
}

test_reports_ingress_old if {
	messages(fail_bundle.namespace.shop["networking.k8s.io/v1beta1"].Ingress.old, fail_bundle) == {"Ingress \"old\" sends to Service \"other\", which is not in namespace \"shop\""}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"networking.k8s.io/v1": {
				"Ingress": {
					"shop": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "shop", "namespace": "shop"},
						"spec": {
							"rules": [
								{
									"http": {
										"paths": [
											{"path": "/", "backend": {"service": {"name": "web", "port": {"number": 80}}}},
											{"path": "/name", "backend": {"service": {"name": "web", "port": {"name": "http"}}}},
											{"path": "/ext", "backend": {"service": {"name": "ext", "port": {"number": 443}}}},
											{
												"path": "/static",
												"backend": {"resource": {"apiGroup": "k8s.example.com", "kind": "StorageBucket", "name": "icons"}},
											},
										],
									},
								},
							],
						},
					},
				},
			},
			"networking.k8s.io/v1beta1": {
				"Ingress": {
					"old": {
						"apiVersion": "networking.k8s.io/v1beta1",
						"kind": "Ingress",
						"metadata": {"name": "old", "namespace": "shop"},
						"spec": {"backend": {"serviceName": "web", "servicePort": "http"}},
					},
				},
			},
			"v1": {
				"Service": {
					"web": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"ports": [{"port": 80, "name": "http"}, {"port": 81}]},
					},
					"ext": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "ext", "namespace": "shop"},
						"spec": {"type": "ExternalName", "externalName": "example.com"},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_ingress_shop if {
	messages(pass_bundle.namespace.shop["networking.k8s.io/v1"].Ingress.shop, pass_bundle) == set()
}

test_allows_ingress_old if {
	messages(pass_bundle.namespace.shop["networking.k8s.io/v1beta1"].Ingress.old, pass_bundle) == set()
}

test_reports_backend_without_port if {
	backend := {"service": {"name": "gone"}}
	object := {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "a", "namespace": "shop"}, "spec": {"defaultBackend": backend}}
	messages(object, pass_bundle) == {`Ingress "a" sends to Service "gone", which is not in namespace "shop"`}
}
