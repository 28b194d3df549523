package lintel.rbac.rbac_powerful_workload_test

import data.lintel.rbac.rbac_powerful_workload as policy

defaults := {"LT-RBAC-020": {"allowedServiceAccounts": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"ops": {
			"apps/v1": {
				"Deployment": {
					"operator": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "operator", "namespace": "ops"},
						"spec": {
							"selector": {"matchLabels": {"app": "operator"}},
							"template": {
								"metadata": {"labels": {"app": "operator"}},
								"spec": {
									"serviceAccountName": "operator",
									"containers": [{"name": "operator", "image": "example.com/operator:1"}],
								},
							},
						},
					},
				},
			},
			"v1": {
				"Pod": {
					"sync": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "sync", "namespace": "ops"},
						"spec": {
							"containers": [{"name": "sync", "image": "example.com/sync:1"}],
							"initContainers": [{"name": "init", "image": "example.com/sync:1"}],
							"ephemeralContainers": [{"name": "debug", "image": "example.com/sync:1"}],
						},
					},
				},
			},
		},
	},
	"cluster": {
		"rbac.authorization.k8s.io/v1": {
			"ClusterRoleBinding": {
				"operator-admin": {
					"apiVersion": "rbac.authorization.k8s.io/v1",
					"kind": "ClusterRoleBinding",
					"metadata": {"name": "operator-admin"},
					"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
					"subjects": [{"kind": "ServiceAccount", "name": "operator", "namespace": "ops"}],
				},
				"sync": {
					"apiVersion": "rbac.authorization.k8s.io/v1",
					"kind": "ClusterRoleBinding",
					"metadata": {"name": "sync"},
					"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "secret-sync"},
					"subjects": [{"kind": "ServiceAccount", "name": "default", "namespace": "ops"}],
				},
			},
			"ClusterRole": {
				"secret-sync": {
					"apiVersion": "rbac.authorization.k8s.io/v1",
					"kind": "ClusterRole",
					"metadata": {"name": "secret-sync"},
					"rules": [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list"]}],
				},
			},
		},
	},
}

test_reports_deployment_operator if {
	messages(fail_bundle.namespace.ops["apps/v1"].Deployment.operator, fail_bundle) == {"service account \"ops/operator\" holds \"cluster-admin\" through ClusterRoleBinding \"operator-admin\""}
}

test_reports_pod_sync if {
	messages(fail_bundle.namespace.ops.v1.Pod.sync, fail_bundle) == {"service account \"ops/default\" holds \"secret-sync\" through ClusterRoleBinding \"sync\""}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {
							"selector": {"matchLabels": {"app": "web"}},
							"template": {
								"metadata": {"labels": {"app": "web"}},
								"spec": {"serviceAccountName": "operator", "containers": [{"name": "web", "image": "example.com/web:1"}]},
							},
						},
					},
				},
			},
		},
		"ops": {
			"v1": {
				"Pod": {
					"plain": {
						"apiVersion": "v1",
						"kind": "Pod",
						"metadata": {"name": "plain", "namespace": "ops"},
						"spec": {"containers": [{"name": "plain", "image": "example.com/plain:1"}]},
					},
				},
			},
		},
	},
	"cluster": {
		"rbac.authorization.k8s.io/v1": {
			"ClusterRoleBinding": {
				"operator-admin": {
					"apiVersion": "rbac.authorization.k8s.io/v1",
					"kind": "ClusterRoleBinding",
					"metadata": {"name": "operator-admin"},
					"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
					"subjects": [
						{"kind": "ServiceAccount", "name": "operator", "namespace": "ops"},
						{"kind": "Group", "name": "admins", "apiGroup": "rbac.authorization.k8s.io"},
					],
				},
			},
		},
	},
}

test_allows_deployment_web if {
	messages(pass_bundle.namespace.shop["apps/v1"].Deployment.web, pass_bundle) == set()
}

test_allows_pod_plain if {
	messages(pass_bundle.namespace.ops.v1.Pod.plain, pass_bundle) == set()
}
