package lintel.wiring.service_port_mismatch_test

import data.lintel.wiring.service_port_mismatch as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"Service": {
					"web": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": "web"}]},
					},
					"two": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "two", "namespace": "shop"},
						"spec": {
							"selector": {"app": "web"},
							"ports": [{"name": "a", "port": 80, "targetPort": "http"}, {"name": "b", "port": 81, "targetPort": "grpc"}],
						},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"template": {
								"metadata": {"labels": {"app": "web"}},
								"spec": {
									"containers": [{"name": "web", "image": "example.com/a:1", "ports": [{"name": "http", "containerPort": 8080}]}],
								},
							},
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_service_web if {
	messages(fail_bundle.namespace.shop.v1.Service.web, fail_bundle) == {"targetPort \"web\" of Service \"web\" is the name of no container port"}
}

test_reports_service_two if {
	messages(fail_bundle.namespace.shop.v1.Service.two, fail_bundle) == {"targetPort \"grpc\" of Service \"two\" is the name of no container port"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"Service": {
					"web": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"selector": {"app": "web"},
							"ports": [
								{"name": "a", "port": 80, "targetPort": "http"},
								{"name": "b", "port": 81, "targetPort": 8081},
								{"name": "c", "port": 82, "targetPort": "8082"},
								{"name": "d", "port": 83, "targetPort": "metrics"},
							],
						},
					},
					"none": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "none", "namespace": "shop"},
						"spec": {"selector": {"app": "other"}, "ports": [{"port": 80, "targetPort": "http"}]},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"template": {
								"metadata": {"labels": {"app": "web"}},
								"spec": {
									"initContainers": [
										{
											"name": "sidecar",
											"image": "example.com/a:1",
											"restartPolicy": "Always",
											"ports": [{"name": "metrics", "containerPort": 9090}],
										},
									],
									"containers": [{"name": "web", "image": "example.com/a:1", "ports": [{"name": "http", "containerPort": 8080}]}],
								},
							},
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_service_web if {
	messages(pass_bundle.namespace.shop.v1.Service.web, pass_bundle) == set()
}

test_allows_service_none if {
	messages(pass_bundle.namespace.shop.v1.Service.none, pass_bundle) == set()
}
