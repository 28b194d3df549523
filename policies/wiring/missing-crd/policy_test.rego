package lintel.wiring.missing_crd_test

import data.lintel.wiring.missing_crd as policy

defaults := {
	"LT-REF-019": {
		"knownGroups": [
			"argoproj.io",
			"fluxcd.io",
			"cert-manager.io",
			"monitoring.coreos.com",
			"external-secrets.io",
			"bitnami.com",
			"istio.io",
			"keda.sh",
			"traefik.io",
			"cilium.io",
			"kyverno.io",
			"gatekeeper.sh",
			"cnrm.cloud.google.com",
			"crossplane.io",
			"kustomize.config.k8s.io",
		],
	},
}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"example.com/v2": {
				"Widget": {
					"a": {"apiVersion": "example.com/v2", "kind": "Widget", "metadata": {"name": "a", "namespace": "shop"}},
				},
			},
			"example.com/v1": {
				"Gadget": {
					"b": {"apiVersion": "example.com/v1", "kind": "Gadget", "metadata": {"name": "b", "namespace": "shop"}},
				},
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
					"spec": {"group": "example.com", "names": {"kind": "Widget"}, "versions": [{"name": "v1", "served": true}]},
				},
			},
		},
	},
}

test_reports_widget_a if {
	messages(fail_bundle.namespace.shop["example.com/v2"].Widget.a, fail_bundle) == {"the CustomResourceDefinition of Widget has no version v2"}
}

test_reports_gadget_b if {
	messages(fail_bundle.namespace.shop["example.com/v1"].Gadget.b, fail_bundle) == {"no CustomResourceDefinition for example.com Gadget"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"example.com/v1": {
				"Widget": {
					"a": {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "a", "namespace": "shop"}},
				},
			},
			"helm.toolkit.fluxcd.io/v2": {
				"HelmRelease": {
					"a": {
						"apiVersion": "helm.toolkit.fluxcd.io/v2",
						"kind": "HelmRelease",
						"metadata": {"name": "a", "namespace": "shop"},
					},
				},
			},
			"argoproj.io/v1alpha1": {
				"Application": {
					"a": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "a", "namespace": "shop"},
					},
				},
			},
			"rbac.authorization.k8s.io/v1": {
				"Role": {
					"a": {
						"apiVersion": "rbac.authorization.k8s.io/v1",
						"kind": "Role",
						"metadata": {"name": "a", "namespace": "shop"},
					},
				},
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
					"spec": {"group": "example.com", "names": {"kind": "Widget"}, "versions": [{"name": "v1", "served": true}]},
				},
			},
		},
	},
}

test_allows_customresourcedefinition_widgets_example_com_2 if {
	messages(pass_bundle.cluster["apiextensions.k8s.io/v1"].CustomResourceDefinition["widgets.example.com"], pass_bundle) == set()
}

test_allows_widget_a if {
	messages(pass_bundle.namespace.shop["example.com/v1"].Widget.a, pass_bundle) == set()
}

test_allows_helmrelease_a if {
	messages(pass_bundle.namespace.shop["helm.toolkit.fluxcd.io/v2"].HelmRelease.a, pass_bundle) == set()
}

test_allows_application_a if {
	messages(pass_bundle.namespace.shop["argoproj.io/v1alpha1"].Application.a, pass_bundle) == set()
}

test_allows_role_a if {
	messages(pass_bundle.namespace.shop["rbac.authorization.k8s.io/v1"].Role.a, pass_bundle) == set()
}
