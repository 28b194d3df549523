package lintel.gitops.argo_repo_not_in_project_test

import data.lintel.gitops.argo_repo_not_in_project as policy

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
						"spec": {"sourceRepos": ["https://github.com/acme/*", "!https://github.com/acme/old"]},
					},
				},
				"Application": {
					"web": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "web", "namespace": "argocd"},
						"spec": {"project": "shop", "source": {"repoURL": "https://github.com/other/web"}},
					},
					"old": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "old", "namespace": "argocd"},
						"spec": {"project": "shop", "source": {"repoURL": "https://github.com/acme/old.git"}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_application_web if {
	messages(fail_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.web, fail_bundle) == {"project shop does not allow the repository https://github.com/other/web"}
}

test_reports_application_old if {
	messages(fail_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.old, fail_bundle) == {"project shop does not allow the repository https://github.com/acme/old.git"}
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
						"spec": {"sourceRepos": ["https://github.com/acme/*"]},
					},
				},
				"Application": {
					"web": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "web", "namespace": "argocd"},
						"spec": {"project": "shop", "source": {"repoURL": "https://github.com/Acme/web.git"}},
					},
					"elsewhere": {
						"apiVersion": "argoproj.io/v1alpha1",
						"kind": "Application",
						"metadata": {"name": "elsewhere", "namespace": "argocd"},
						"spec": {"project": "unknown", "source": {"repoURL": "https://example.com/x"}},
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

test_allows_application_elsewhere if {
	messages(pass_bundle.namespace.argocd["argoproj.io/v1alpha1"].Application.elsewhere, pass_bundle) == set()
}

test_takes_forms_of_an_address_for_the_same if {
	project := {"metadata": {"name": "team"}, "spec": {"sourceRepos": ["git@github.com:Acme/web.git"]}}
	inventory := {"namespace": {"argocd": {"argoproj.io/v1alpha1": {"AppProject": {"team": project}}}}}
	application := {
		"apiVersion": "argoproj.io/v1alpha1",
		"kind": "Application",
		"metadata": {"name": "a", "namespace": "argocd"},
		"spec": {"project": "team"},
	}
	every address, count_of in {"ssh://git@github.com/acme/web": 0, "git@github.com:acme/web": 0, "ssh://git@github.com/acme/other": 1} {
		count(messages(object.union(application, {"spec": {"source": {"repoURL": address}}}), inventory)) == count_of
	}
}
