package lintel.wiring.missing_service_account_test

import data.lintel.wiring.missing_service_account as policy

defaults := {"LT-REF-007": {"externalServiceAccounts": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"ServiceAccount": {
					"web": {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}},
				},
				"Pod": {
					"old": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "old", "namespace": "shop"},
						"spec": {
							"serviceAccount": "gone",
							"containers": [{"name": "web", "image": "example.com/a:1"}],
							"ephemeralContainers": [{"name": "debug", "image": "example.com/a:1"}],
						},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"template": {
								"spec": {
									"serviceAccountName": "webb",
									"containers": [{"name": "web", "image": "example.com/a:1"}],
									"initContainers": [{"name": "init", "image": "example.com/a:1"}],
								},
							},
						},
					},
				},
			},
			"rbac.authorization.k8s.io/v1": {
				"RoleBinding": {
					"web": {
						"apiVersion": "rbac.authorization.k8s.io/v1",
						"kind": "RoleBinding",
						"metadata": {"name": "web", "namespace": "shop"},
						"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "web"},
						"subjects": [{"kind": "ServiceAccount", "name": "worker", "namespace": "shop"}],
					},
				},
			},
		},
	},
	"cluster": {},
}

test_reports_deployment_web if {
	messages(fail_bundle.namespace.shop["apps/v1"].Deployment.web, fail_bundle) == {"Deployment \"web\" uses service account \"webb\", which is not in namespace \"shop\""}
}

test_reports_pod_old if {
	messages(fail_bundle.namespace.shop.v1.Pod.old, fail_bundle) == {"Pod \"old\" uses service account \"gone\", which is not in namespace \"shop\""}
}

test_reports_rolebinding_web if {
	messages(fail_bundle.namespace.shop["rbac.authorization.k8s.io/v1"].RoleBinding.web, fail_bundle) == {"RoleBinding \"web\" binds service account \"worker\", which is not in namespace \"shop\""}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"v1": {
				"ServiceAccount": {
					"web": {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}},
				},
				"Pod": {
					"plain": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "plain", "namespace": "shop"},
						"spec": {"serviceAccountName": "default", "containers": [{"name": "web", "image": "example.com/a:1"}]},
					},
				},
			},
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"template": {
								"spec": {"serviceAccountName": "web", "containers": [{"name": "web", "image": "example.com/a:1"}]},
							},
						},
					},
				},
			},
			"rbac.authorization.k8s.io/v1": {
				"RoleBinding": {
					"web": {
						"apiVersion": "rbac.authorization.k8s.io/v1",
						"kind": "RoleBinding",
						"metadata": {"name": "web", "namespace": "shop"},
						"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "web"},
						"subjects": [
							{"kind": "ServiceAccount", "name": "web"},
							{"kind": "ServiceAccount", "name": "prometheus", "namespace": "monitoring"},
							{"kind": "User", "name": "jane"},
						],
					},
				},
			},
		},
	},
	"cluster": {},
}

test_allows_deployment_web if {
	messages(pass_bundle.namespace.shop["apps/v1"].Deployment.web, pass_bundle) == set()
}

test_allows_pod_plain if {
	messages(pass_bundle.namespace.shop.v1.Pod.plain, pass_bundle) == set()
}

test_allows_rolebinding_web if {
	messages(pass_bundle.namespace.shop["rbac.authorization.k8s.io/v1"].RoleBinding.web, pass_bundle) == set()
}
