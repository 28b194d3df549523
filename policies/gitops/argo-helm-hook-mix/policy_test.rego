package lintel.gitops.argo_helm_hook_mix_test

import data.lintel.gitops.argo_helm_hook_mix as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"batch/v1": {
				"Job": {
					"argo": {
						"apiVersion": "batch/v1",
						"kind": "Job",
						"metadata": {"name": "argo", "namespace": "shop", "labels": {"app.kubernetes.io/instance": "web"}, "annotations": {"argocd.argoproj.io/hook": "PreSync"}},
					},
					"helm": {
						"apiVersion": "batch/v1",
						"kind": "Job",
						"metadata": {"name": "helm", "namespace": "shop", "labels": {"app.kubernetes.io/instance": "web"}, "annotations": {"helm.sh/hook": "pre-install"}},
					},
				},
			},
			"v1": {
				"Pod": {
					"test": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "test", "namespace": "shop", "labels": {"app.kubernetes.io/instance": "web"}, "annotations": {"helm.sh/hook": "test"}},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_job_helm if {
	messages(fail_bundle.namespace.shop["batch/v1"].Job.helm, fail_bundle) == {"Helm hook of Job \"helm\" is ignored beside the Argo CD hook on Job \"argo\""}
}

test_reports_pod_test if {
	messages(fail_bundle.namespace.shop.v1.Pod.test, fail_bundle) == {"Helm hook of Pod \"test\" is ignored beside the Argo CD hook on Job \"argo\""}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"batch/v1": {
				"Job": {
					"argo": {
						"apiVersion": "batch/v1",
						"kind": "Job",
						"metadata": {
							"name": "argo",
							"namespace": "shop",
							"labels": {"app.kubernetes.io/instance": "web"},
							"annotations": {"argocd.argoproj.io/hook": "PreSync"},
						},
					},
					"helm": {
						"apiVersion": "batch/v1",
						"kind": "Job",
						"metadata": {
							"name": "helm",
							"namespace": "shop",
							"labels": {"app.kubernetes.io/instance": "other"},
							"annotations": {"helm.sh/hook": "pre-install"},
						},
					},
					"both": {
						"apiVersion": "batch/v1",
						"kind": "Job",
						"metadata": {
							"name": "both",
							"namespace": "shop",
							"labels": {"app.kubernetes.io/instance": "web"},
							"annotations": {"helm.sh/hook": "pre-install", "argocd.argoproj.io/hook": "PreSync"},
						},
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_job_argo_2 if {
	messages(pass_bundle.namespace.shop["batch/v1"].Job.argo, pass_bundle) == set()
}

test_allows_job_helm if {
	messages(pass_bundle.namespace.shop["batch/v1"].Job.helm, pass_bundle) == set()
}

test_allows_job_both if {
	messages(pass_bundle.namespace.shop["batch/v1"].Job.both, pass_bundle) == set()
}
