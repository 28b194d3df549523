package lintel.gitops.argo_destination_not_in_project_test

import data.lintel.gitops.argo_destination_not_in_project as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
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
						"spec": {
							"destinations": [
								{"namespace": "shop-*", "server": "https://kubernetes.default.svc"},
								{"namespace": "!shop-db", "server": "*"},
								{"namespace": "*", "name": "edge-*"},
								{"namespace": "*", "name": "!edge-9"},
							],
						},
					},
				},
				"Application": {
					"other": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "other", "namespace": "argocd"},
						"spec": {"project": "shop", "destination": {"namespace": "other", "name": "in-cluster"}},
					},
					"db": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "db", "namespace": "argocd"},
						"spec": {
							"project": "shop",
							"destination": {"namespace": "shop-db", "server": "https://kubernetes.default.svc"},
						},
					},
					"edge": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "edge", "namespace": "argocd"},
						"spec": {"project": "shop", "destination": {"namespace": "x", "name": "edge-9"}},
					},
					"both": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "both", "namespace": "argocd"},
						"spec": {"project": "none", "destination": {"namespace": "x", "name": "edge-9", "server": "https://x"}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_application_other if {
	messages(fail_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.other, fail_bundle) == {"project shop does not allow Application \"other\" to deploy to namespace \"other\" of cluster https://kubernetes.default.svc"}
}

test_reports_application_db if {
	messages(fail_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.db, fail_bundle) == {"project shop does not allow Application \"db\" to deploy to namespace \"shop-db\" of cluster https://kubernetes.default.svc"}
}

test_reports_application_edge if {
	messages(fail_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.edge, fail_bundle) == {"project shop does not allow Application \"edge\" to deploy to namespace \"x\" of cluster edge-9"}
}

test_reports_application_both if {
	messages(fail_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.both, fail_bundle) == {"Application \"both\" must set one of destination.server and destination.name, not 2"}
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
						"spec": {
							"destinations": [
								{"namespace": "shop-*", "server": "https://kubernetes.default.svc"},
								{"namespace": "*", "name": "edge-*"},
							],
						},
					},
				},
				"Application": {
					"web": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "web", "namespace": "argocd"},
						"spec": {"project": "shop", "destination": {"namespace": "shop-web", "name": "in-cluster"}},
					},
					"edge": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "edge", "namespace": "argocd"},
						"spec": {"project": "shop", "destination": {"namespace": "x", "name": "edge-1"}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_application_web if {
	messages(pass_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.web, pass_bundle) == set()
}

test_allows_application_edge if {
	messages(pass_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.edge, pass_bundle) == set()
}
