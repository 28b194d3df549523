package lintel.wiring.missing_ingress_class_test

import data.lintel.wiring.missing_ingress_class as policy

defaults := {"LT-REF-013": {"knownClasses": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"default": {
			"networking.k8s.io/v1": {
				"Ingress": {
					"a": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "a"},
						"spec": {"ingressClassName": "pubic"},
					},
					"b": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "b"},
						"spec": {"ingressClassName": "nginx"},
					},
				},
			},
		},
	},
	"cluster": {
		"networking.k8s.io/v1": {
			"IngressClass": {
				"public": {"apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "metadata": {"name": "public"}},
			},
		},
	},
}

test_reports_ingress_a if {
	messages(fail_bundle.namespace["default"]["networking.k8s.io/v1"].Ingress.a, fail_bundle) == {"Ingress \"a\" uses the unknown class \"pubic\""}
}

test_reports_ingress_b if {
	messages(fail_bundle.namespace["default"]["networking.k8s.io/v1"].Ingress.b, fail_bundle) == {"Ingress \"b\" uses the unknown class \"nginx\""}
}

pass_bundle := {
	"namespace": {
		"default": {
			"networking.k8s.io/v1": {
				"Ingress": {
					"a": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "a"},
						"spec": {"ingressClassName": "public"},
					},
					"b": {
						"apiVersion": "networking.k8s.io/v1",
						"kind": "Ingress",
						"metadata": {"name": "b"},
						"spec": {"rules": []},
					},
				},
			},
		},
	},
	"cluster": {
		"networking.k8s.io/v1": {
			"IngressClass": {
				"public": {"apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "metadata": {"name": "public"}},
			},
		},
	},
}

test_allows_ingress_a if {
	messages(pass_bundle.namespace["default"]["networking.k8s.io/v1"].Ingress.a, pass_bundle) == set()
}

test_allows_ingress_b if {
	messages(pass_bundle.namespace["default"]["networking.k8s.io/v1"].Ingress.b, pass_bundle) == set()
}
