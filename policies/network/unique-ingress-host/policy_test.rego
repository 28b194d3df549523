package lintel.network.unique_ingress_host_test

import data.lintel.network.unique_ingress_host as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"one": {
			"networking.k8s.io/v1": {
				"Ingress": {
					"a": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "a", "namespace": "one"},
						"spec": {"rules": [{"host": "a.example.com", "http": {"paths": [{"path": "/", "pathType": "Prefix"}]}}]},
					},
				},
			},
		},
		"two": {
			"networking.k8s.io/v1": {
				"Ingress": {
					"b": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "b", "namespace": "two"},
						"spec": {
							"rules": [
								{
									"host": "a.example.com",
									"http": {"paths": [{"path": "/", "pathType": "Prefix"}, {"path": "/other", "pathType": "Prefix"}]},
								},
							],
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_ingress_a if {
	messages(fail_bundle.namespace.one["networking.k8s.io/v1"].Ingress.a, fail_bundle) == {"path \"/\" of host \"a.example.com\" is also claimed by Ingress two/b"}
}

test_reports_ingress_b if {
	messages(fail_bundle.namespace.two["networking.k8s.io/v1"].Ingress.b, fail_bundle) == {"path \"/\" of host \"a.example.com\" is also claimed by Ingress one/a"}
}

pass_bundle := {
	"namespace": {
		"one": {
			"networking.k8s.io/v1": {
				"Ingress": {
					"a": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "a", "namespace": "one"},
						"spec": {
							"ingressClassName": "public",
							"rules": [{"host": "a.example.com", "http": {"paths": [{"path": "/", "pathType": "Prefix"}]}}],
						},
					},
				},
			},
		},
		"two": {
			"networking.k8s.io/v1": {
				"Ingress": {
					"b": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "b", "namespace": "two"},
						"spec": {
							"ingressClassName": "internal",
							"rules": [
								{
									"host": "a.example.com",
									"http": {"paths": [{"path": "/", "pathType": "Prefix"}, {"path": "/api", "pathType": "Prefix"}]},
								},
							],
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_ingress_a if {
	messages(pass_bundle.namespace.one["networking.k8s.io/v1"].Ingress.a, pass_bundle) == set()
}

test_allows_ingress_b if {
	messages(pass_bundle.namespace.two["networking.k8s.io/v1"].Ingress.b, pass_bundle) == set()
}
