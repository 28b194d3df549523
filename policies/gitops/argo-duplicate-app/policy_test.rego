package lintel.gitops.argo_duplicate_app_test

import data.lintel.gitops.argo_duplicate_app as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"argocd": {
			"argoproj.io/v1alpha1": {
				"Application": {
					"web": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "web", "namespace": "argocd"},
						"spec": {
							"source": {"repoURL": "https://github.com/acme/web", "path": "base"},
							"destination": {"namespace": "shop", "name": "in-cluster"},
						},
					},
					"copy": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "copy", "namespace": "argocd"},
						"spec": {
							"source": {"repoURL": "https://github.com/acme/web.git", "path": "base"},
							"destination": {"namespace": "shop", "server": "https://kubernetes.default.svc"},
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_application_web if {
	messages(fail_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.web, fail_bundle) == {"Application \"web\" deploys the same source to the same destination as argocd/copy"}
}

test_reports_application_copy if {
	messages(fail_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.copy, fail_bundle) == {"Application \"copy\" deploys the same source to the same destination as argocd/web"}
}

pass_bundle := {
	"namespace": {
		"argocd": {
			"argoproj.io/v1alpha1": {
				"Application": {
					"web": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "web", "namespace": "argocd"},
						"spec": {
							"source": {"repoURL": "https://github.com/acme/web", "path": "base"},
							"destination": {"namespace": "shop", "name": "in-cluster"},
						},
					},
					"other": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "other", "namespace": "argocd"},
						"spec": {
							"source": {"repoURL": "https://github.com/acme/web", "path": "base"},
							"destination": {"namespace": "shop-2", "name": "in-cluster"},
						},
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

test_allows_application_other if {
	messages(pass_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.other, pass_bundle) == set()
}
