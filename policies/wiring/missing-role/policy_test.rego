package lintel.wiring.missing_role_test

import data.lintel.wiring.missing_role as policy

defaults := {"LT-REF-009": {"externalRoles": []}}

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory with data.parameters as defaults
}

fail_bundle := {
	"namespace": {
		"shop": {
			"rbac.authorization.k8s.io/v1": {
				"Role": {
					"web": {
						"apiVersion": "rbac.authorization.k8s.io/v1",
						"kind": "Role",
						"metadata": {"name": "web", "namespace": "shop"},
						"rules": [],
					},
				},
				"RoleBinding": {
					"web": {
						"apiVersion": "rbac.authorization.k8s.io/v1",
						"kind": "RoleBinding",
						"metadata": {"name": "web", "namespace": "shop"},
						"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "webb"},
					},
				},
			},
		},
	},
	"cluster": {
		"rbac.authorization.k8s.io/v1": {
			"ClusterRoleBinding": {
				"all": {
					"apiVersion": "rbac.authorization.k8s.io/v1",
					"kind": "ClusterRoleBinding",
					"metadata": {"name": "all"},
					"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "web"},
				},
			},
		},
	},
}

test_reports_rolebinding_web if {
	messages(fail_bundle.namespace.shop["rbac.authorization.k8s.io/v1"].RoleBinding.web, fail_bundle) == {"RoleBinding \"web\" names Role \"webb\", which does not exist"}
}

test_reports_clusterrolebinding_all if {
	messages(fail_bundle.cluster["rbac.authorization.k8s.io/v1"].ClusterRoleBinding.all, fail_bundle) == {"ClusterRoleBinding \"all\" names ClusterRole \"web\", which does not exist"}
}

pass_bundle := {
	"namespace": {
		"shop": {
			"rbac.authorization.k8s.io/v1": {
				"Role": {
					"web": {
						"apiVersion": "rbac.authorization.k8s.io/v1",
						"kind": "Role",
						"metadata": {"name": "web", "namespace": "shop"},
						"rules": [],
					},
				},
				"RoleBinding": {
					"web": {
						"apiVersion": "rbac.authorization.k8s.io/v1",
						"kind": "RoleBinding",
						"metadata": {"name": "web", "namespace": "shop"},
						"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "web"},
					},
					"view": {
						"apiVersion": "rbac.authorization.k8s.io/v1",
						"kind": "RoleBinding",
						"metadata": {"name": "view", "namespace": "shop"},
						"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
					},
				},
			},
		},
	},
	"cluster": {
		"rbac.authorization.k8s.io/v1": {
			"ClusterRole": {
				"reader": {
					"apiVersion": "rbac.authorization.k8s.io/v1",
					"kind": "ClusterRole",
					"metadata": {"name": "reader"},
					"rules": [],
				},
			},
			"ClusterRoleBinding": {
				"reader": {
					"apiVersion": "rbac.authorization.k8s.io/v1",
					"kind": "ClusterRoleBinding",
					"metadata": {"name": "reader"},
					"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "reader"},
				},
			},
		},
	},
}

test_allows_rolebinding_web if {
	messages(pass_bundle.namespace.shop["rbac.authorization.k8s.io/v1"].RoleBinding.web, pass_bundle) == set()
}

test_allows_rolebinding_view if {
	messages(pass_bundle.namespace.shop["rbac.authorization.k8s.io/v1"].RoleBinding.view, pass_bundle) == set()
}

test_allows_clusterrolebinding_reader if {
	messages(pass_bundle.cluster["rbac.authorization.k8s.io/v1"].ClusterRoleBinding.reader, pass_bundle) == set()
}
