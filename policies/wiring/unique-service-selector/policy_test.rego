package lintel.wiring.unique_service_selector_test

import data.lintel.wiring.unique_service_selector as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"Service": {
					"a": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {"selector": {"app": "web"}},
					},
					"b": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "b", "namespace": "shop"},
						"spec": {"selector": {"app": "web"}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_service_a if {
	messages(fail_bundle.namespace.shop.v1.Service.a, fail_bundle) == {"Service \"a\" has the selector of Service b"}
}

test_reports_service_b if {
	messages(fail_bundle.namespace.shop.v1.Service.b, fail_bundle) == {"Service \"b\" has the selector of Service a"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"Service": {
					"a": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "a", "namespace": "shop"},
						"spec": {"selector": {"app": "web"}},
					},
					"headless": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "headless", "namespace": "shop"},
						"spec": {"selector": {"app": "web"}, "clusterIP": "None"},
					},
				},
			},
		},
		"other": {
			"v1": {
				"Service": {
					"a": {
						"apiVersion": "v1",
						"kind": "Service",
						"metadata": {"name": "a", "namespace": "other"},
						"spec": {"selector": {"app": "web"}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_service_a if {
	messages(pass_bundle.namespace.shop.v1.Service.a, pass_bundle) == set()
}

test_allows_service_headless if {
	messages(pass_bundle.namespace.shop.v1.Service.headless, pass_bundle) == set()
}

test_allows_service_a_2 if {
	messages(pass_bundle.namespace.other.v1.Service.a, pass_bundle) == set()
}
