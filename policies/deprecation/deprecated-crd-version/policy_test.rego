package lintel.deprecation.deprecated_crd_version_test

import data.lintel.deprecation.deprecated_crd_version as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"default": {
			"example.com/v1beta1": {
				"Widget": {"a": {"apiVersion": "example.com/v1beta1", "kind": "Widget", "metadata": {"name": "a"}}},
			},
			"example.com/v1alpha1": {
				"Widget": {"b": {"apiVersion": "example.com/v1alpha1", "kind": "Widget", "metadata": {"name": "b"}}},
			},
		},
	},
	"cluster": {
		"apiextensions.k8s.io/v1": {
			"CustomResourceDefinition": {
				"widgets.example.com": {
					"apiVersion": "apiextensions.k8s.io/v1",
					"kind": "CustomResourceDefinition",
					"metadata": {"name": "widgets.example.com"},
					"spec": {
						"group": "example.com",
						"names": {"kind": "Widget", "plural": "widgets"},
						"versions": [
							{"name": "v1", "served": true, "storage": true},
							{"name": "v1beta1", "served": true, "deprecated": true},
							{"name": "v1alpha1", "served": false},
						],
					},
				},
			},
		},
	},
}

test_reports_widget_a if {
	messages(fail_bundle.namespace["default"]["example.com/v1beta1"].Widget.a, fail_bundle) == {"example.com/v1beta1 Widget is deprecated by its CustomResourceDefinition"}
}

test_reports_widget_b if {
	messages(fail_bundle.namespace["default"]["example.com/v1alpha1"].Widget.b, fail_bundle) == {"example.com/v1alpha1 Widget is not served by its CustomResourceDefinition"}
}

pass_bundle := {
	"namespace": {
		"default": {
			"example.com/v1": {"Widget": {"a": {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "a"}}}},
			"other.example.com/v1": {
				"Widget": {"b": {"apiVersion": "other.example.com/v1", "kind": "Widget", "metadata": {"name": "b"}}},
			},
		},
	},
	"cluster": {
		"apiextensions.k8s.io/v1": {
			"CustomResourceDefinition": {
				"widgets.example.com": {
					"apiVersion": "apiextensions.k8s.io/v1",
					"kind": "CustomResourceDefinition",
					"metadata": {"name": "widgets.example.com"},
					"spec": {
						"group": "example.com",
						"names": {"kind": "Widget", "plural": "widgets"},
						"versions": [{"name": "v1", "served": true, "storage": true}],
					},
				},
			},
		},
	},
}

test_allows_customresourcedefinition_widgets_example_com_2 if {
	messages(pass_bundle.cluster["apiextensions.k8s.io/v1"].CustomResourceDefinition["widgets.example.com"], pass_bundle) == set()
}

test_allows_widget_a if {
	messages(pass_bundle.namespace["default"]["example.com/v1"].Widget.a, pass_bundle) == set()
}

test_allows_widget_b if {
	messages(pass_bundle.namespace["default"]["other.example.com/v1"].Widget.b, pass_bundle) == set()
}
