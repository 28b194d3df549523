package lintel.gitops.immutable_change_test

import data.lintel.gitops.immutable_change as policy

messages(object, inventory) := {found.msg |
	some found in policy.deny with input as object with data.inventory as inventory
}

fail_bundle := {
	"namespace": {
		"shop": {
			"apps/v1": {
				"Deployment": {
					"web": {
						"apiVersion": "apps/v1",
						"kind": "Deployment",
						"metadata": {"name": "web", "namespace": "shop"},
						"spec": {"selector": {"matchLabels": {"app": "api"}}},
					},
				},
			},
		},
	},
	"cluster": {},
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
						"spec": {"selector": {"matchLabels": {"app": "web"}}},
					},
				},
			},
		},
	},
	"cluster": {
		"storage.k8s.io/v1": {
			"StorageClass": {
				"fast": {
					"apiVersion": "storage.k8s.io/v1",
					"kind": "StorageClass",
					"metadata": {"name": "fast"},
					"provisioner": "csi.example.com",
				},
			},
		},
	},
}

test_allows_deployment_web_2 if {
	messages(pass_bundle.namespace["shop"]["apps/v1"].Deployment["web"], pass_bundle) == set()
}

test_allows_storageclass_fast if {
	messages(pass_bundle.cluster["storage.k8s.io/v1"].StorageClass["fast"], pass_bundle) == set()
}

before := {
	"namespace": {"shop": {"apps/v1": {"Deployment": {"web": {"spec": {"selector": {"matchLabels": {"app": "web"}}}}}}}},
	"cluster": {"storage.k8s.io/v1": {"StorageClass": {"fast": {"provisioner": "csi.example.com"}}}},
}

test_reports_changed_selector if {
	deployment := {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"}, "spec": {"selector": {"matchLabels": {"app": "api"}}}}
	{found.msg | some found in policy.deny with input as deployment with data.previous as before} ==
		{"spec.selector of Deployment \"web\" cannot be changed"}
}

test_reports_changed_provisioner if {
	class := {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "fast"}, "provisioner": "csi.other.com"}
	count(policy.deny) == 1 with input as class with data.previous as before
}

test_allows_unchanged_objects if {
	count(policy.deny) == 0 with input as pass_bundle.cluster["storage.k8s.io/v1"].StorageClass.fast with data.previous as before
	count(policy.deny) == 0 with input as pass_bundle.namespace.shop["apps/v1"].Deployment.web with data.previous as before
}
