package lintel.gitops.argo_sync_wave_order_test

import data.lintel.gitops.argo_sync_wave_order as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"ConfigMap": {
					"settings": {
						"apiVersion": "v1",
						"kind": "ConfigMap",
						"metadata": {"name": "settings", "namespace": "shop", "annotations": {"argocd.argoproj.io/sync-wave": "2"}},
					},
				},
				"ServiceAccount": {
					"web": {
						"apiVersion": "v1",
						"kind": "ServiceAccount",
						"metadata": {"name": "web", "namespace": "shop", "annotations": {"argocd.argoproj.io/sync-wave": "3"}},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop", "annotations": {"argocd.argoproj.io/sync-wave": "1"}},
						"spec": {
							"template": {
								"spec": {
									"serviceAccountName": "web",
									"containers": [
										{"name": "web", "image": "example.com/web:1", "envFrom": [{"configMapRef": {"name": "settings"}}]},
									],
								},
							},
						},
					},
				},
			},
			"example.com/v1": {
				"Widget": {
					"a": {"apiVersion": "example.com/v1", "kind": "Widget", "metadata": {"name": "a", "namespace": "shop"}},
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
					"metadata": {"name": "widgets.example.com", "annotations": {"argocd.argoproj.io/sync-wave": "1"}},
					"spec": {"group": "example.com", "names": {"kind": "Widget"}},
				},
			},
		},
	},
}

test_reports_deployment_web if {
	messages(fail_bundle.namespace.shop["apps/v1"].Deployment.web, fail_bundle) == {"Deployment \"web\" is in sync wave 1, before ConfigMap \"settings\" in wave 2", "Deployment \"web\" is in sync wave 1, before ServiceAccount \"web\" in wave 3"}
}

test_reports_widget_a if {
	messages(fail_bundle.namespace.shop["example.com/v1"].Widget.a, fail_bundle) == {"Widget \"a\" is in sync wave 0, before CustomResourceDefinition \"widgets.example.com\" in wave 1"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"PersistentVolumeClaim": {
					"data": {
						"apiVersion": "v1",
						"kind": "PersistentVolumeClaim",
						"metadata": {"name": "data", "namespace": "shop", "annotations": {"argocd.argoproj.io/sync-wave": "1"}},
					},
				},
				"Pod": {
					"web": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "web", "namespace": "shop", "annotations": {"argocd.argoproj.io/sync-wave": "1"}},
						"spec": {
							"containers": [{"name": "web", "image": "example.com/web:1"}],
							"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}],
						},
					},
				},
			},
			"batch/v1": {
				"Job": {
					"pre": {
						"apiVersion": "batch/v1",
						"kind": "Job",
						"metadata": {"name": "pre", "namespace": "shop", "annotations": {"argocd.argoproj.io/hook": "PreSync"}},
						"spec": {
							"template": {
								"spec": {
									"containers": [{"name": "web", "image": "example.com/web:1"}],
									"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}],
								},
							},
						},
					},
				},
			},
		},
	},
	"cluster": {
		"v1": {
			"Namespace": {
				"shop": {
					"apiVersion": "v1",
					"kind": "Namespace",
					"metadata": {"name": "shop", "annotations": {"argocd.argoproj.io/sync-wave": "-1"}},
				},
			},
		},
	},
}

test_allows_namespace_shop if {
	messages(pass_bundle.cluster.v1.Namespace.shop, pass_bundle) == set()
}

test_allows_persistentvolumeclaim_data if {
	messages(pass_bundle.namespace.shop.v1.PersistentVolumeClaim.data, pass_bundle) == set()
}

test_allows_pod_web if {
	messages(pass_bundle.namespace.shop.v1.Pod.web, pass_bundle) == set()
}

test_allows_job_pre if {
	messages(pass_bundle.namespace.shop["batch/v1"].Job.pre, pass_bundle) == set()
}

test_reports_a_namespaced_dependency_alone if {
	account := {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "annotations": {"argocd.argoproj.io/sync-wave": "3"}}}
	pod := {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"serviceAccountName": "web"}}
	count(policy.deny) == 1 with input as pod
		with data.inventory as {"cluster": {}, "namespace": {"default": {"v1": {"ServiceAccount": {"web": account}}}}}
}

test_reports_a_late_namespace_alone if {
	namespace := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "annotations": {"argocd.argoproj.io/sync-wave": "1"}}}
	service := {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"}}
	count(policy.deny) == 1 with input as service
		with data.inventory as {"cluster": {"v1": {"Namespace": {"shop": namespace}}}, "namespace": {}}
}
