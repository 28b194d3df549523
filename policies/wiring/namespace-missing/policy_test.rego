package lintel.wiring.namespace_missing_test

import data.lintel.wiring.namespace_missing as policy

defaults := {"LT-REF-017": {"externalNamespaces": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shpo": {
			"v1": {
				"Service": {"web": {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shpo"}}},
			},
		},
		"other": {
			"v1": {
				"ConfigMap": {"a": {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "other"}}},
			},
		},
	},
	"cluster": {
		"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}}},
	},
}

test_reports_service_web if {
	messages(fail_bundle.namespace.shpo.v1.Service.web, fail_bundle) == {"namespace \"shpo\" of Service \"web\" is defined nowhere"}
}

test_reports_configmap_a if {
	messages(fail_bundle.namespace.other.v1.ConfigMap.a, fail_bundle) == {"namespace \"other\" of ConfigMap \"a\" is defined nowhere"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"Service": {"web": {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"}}},
			},
			"helm.toolkit.fluxcd.io/v2": {
				"HelmRelease": {
					"db": {
						"apiVersion": "helm.toolkit.fluxcd.io/v2",
						"kind": "HelmRelease",
						"metadata": {"name": "db", "namespace": "shop"},
						"spec": {"targetNamespace": "db", "install": {"createNamespace": true}},
					},
				},
			},
		},
		"default": {
			"argoproj.io/v1alpha1": {
				"Application": {
					"web": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "web"},
						"spec": {"destination": {"namespace": "web"}, "syncPolicy": {"syncOptions": ["CreateNamespace=true"]}},
					},
				},
			},
		},
		"web": {
			"v1": {
				"Service": {"web": {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "web"}}},
			},
		},
		"db": {
			"v1": {
				"Service": {"db": {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "db", "namespace": "db"}}},
			},
		},
	},
	"cluster": {
		"v1": {"Namespace": {"shop": {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}}},
	},
}

test_allows_namespace_shop_2 if {
	messages(pass_bundle.cluster.v1.Namespace.shop, pass_bundle) == set()
}

test_allows_service_web if {
	messages(pass_bundle.namespace.shop.v1.Service.web, pass_bundle) == set()
}

test_allows_application_web if {
	messages(pass_bundle.namespace["default"]["argoproj.io/v1alpha1"].Application.web, pass_bundle) == set()
}

test_allows_helmrelease_db if {
	messages(pass_bundle.namespace.shop["helm.toolkit.fluxcd.io/v2"].HelmRelease.db, pass_bundle) == set()
}

test_allows_service_web_2 if {
	messages(pass_bundle.namespace.web.v1.Service.web, pass_bundle) == set()
}

test_allows_service_db if {
	messages(pass_bundle.namespace.db.v1.Service.db, pass_bundle) == set()
}
