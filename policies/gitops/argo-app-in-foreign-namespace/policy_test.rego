package lintel.gitops.argo_app_in_foreign_namespace_test

import data.lintel.gitops.argo_app_in_foreign_namespace as policy

defaults := {"LT-ARGO-009": {"argoNamespaces": ["argocd"]}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"argocd": {
			"argoproj.io/v1alpha1": {
				"AppProject": {
					"shop": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "AppProject",
						"metadata": {"name": "shop", "namespace": "argocd"},
						"spec": {"sourceNamespaces": ["shop-*"]},
					},
				},
			},
		},
		"web": {
			"argoproj.io/v1alpha1": {
				"Application": {
					"web": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "web", "namespace": "web"},
						"spec": {"project": "shop"},
					},
				},
			},
		},
		"shop": {
			"argoproj.io/v1alpha1": {
				"Application": {
					"api": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "api", "namespace": "shop"},
						"spec": {"project": "shop"},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_application_web if {
	messages(fail_bundle.namespace.web["argoproj.io/v1alpha1"].Application.web, fail_bundle) == {"project shop takes no Applications from namespace \"web\""}
}

test_reports_application_api if {
	messages(fail_bundle.namespace.shop["argoproj.io/v1alpha1"].Application.api, fail_bundle) == {"project shop takes no Applications from namespace \"shop\""}
}

pass_bundle := {
	"namespace": {
		"argocd": {
			"argoproj.io/v1alpha1": {
				"AppProject": {
					"shop": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "AppProject",
						"metadata": {"name": "shop", "namespace": "argocd"},
						"spec": {"sourceNamespaces": ["shop-*"]},
					},
				},
				"Application": {
					"api": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "api", "namespace": "argocd"},
						"spec": {"project": "shop"},
					},
				},
			},
		},
		"shop-web": {
			"argoproj.io/v1alpha1": {
				"Application": {
					"web": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "web", "namespace": "shop-web"},
						"spec": {"project": "shop"},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_application_web if {
	messages(pass_bundle.namespace["shop-web"]["argoproj.io/v1alpha1"].Application.web, pass_bundle) == set()
}

test_allows_application_api if {
	messages(pass_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.api, pass_bundle) == set()
}
