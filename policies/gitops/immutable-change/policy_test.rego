package lintel.gitops.immutable_change_test

import data.lintel.gitops.immutable_change as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.previous as before
}

before := {
	"namespace": {"shop": {
		"apps/v1": {
			"Deployment": {"web": {"spec": {"selector": {"matchLabels": {"app": "web"}}}}},
			"StatefulSet": {"db": {"spec": {"serviceName": "db"}}},
		},
		"v1": {
			"Service": {"web": {"spec": {"clusterIP": "10.0.0.7"}}},
			"Secret": {"key": {"type": "Opaque", "immutable": true, "data": {"key": "YQ=="}}},
		},
	}},
	"cluster": {"storage.k8s.io/v1": {"StorageClass": {"fast": {"provisioner": "csi.example.com"}}}},
}

namespaced(api_version, kind, name, rest) := object.union(
	{"apiVersion": api_version, "kind": kind, "metadata": {"name": name, "namespace": "shop"}},
	rest,
)

class(rest) := object.union({"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": {"name": "fast"}}, rest)

test_reports_changed_selector if {
	messages(namespaced("apps/v1", "Deployment", "web", {"spec": {"selector": {"matchLabels": {"app": "api"}}}})) == {"spec.selector of Deployment \"web\" changes"}
}

test_reports_a_change_across_versions if {
	messages(namespaced("apps/v1beta1", "Deployment", "web", {"spec": {"selector": {"matchLabels": {"app": "api"}}}})) == {"spec.selector of Deployment \"web\" changes"}
}

test_reports_a_value_other_than_the_default if {
	messages(namespaced("apps/v1", "StatefulSet", "db", {"spec": {"serviceName": "db", "podManagementPolicy": "Parallel"}})) == {"spec.podManagementPolicy of StatefulSet \"db\" changes from OrderedReady to Parallel"}
}

test_reports_changed_provisioner if {
	messages(class({"provisioner": "csi.other.com"})) == {"provisioner of StorageClass \"fast\" changes from csi.example.com to csi.other.com"}
}

test_reports_headless_service if {
	messages(namespaced("v1", "Service", "web", {"spec": {"clusterIP": "None"}})) == {"spec.clusterIP of Service \"web\" changes from 10.0.0.7 to None"}
}

test_reports_immutable_secret if {
	messages(namespaced("v1", "Secret", "key", {"type": "Opaque", "immutable": true, "data": {"key": "Yg=="}})) == {"Secret \"key\" is immutable, and its data changes"}
}

test_allows_unchanged_objects if {
	messages(class({"provisioner": "csi.example.com", "volumeBindingMode": "Immediate"})) == set()
	messages(namespaced("apps/v1", "Deployment", "web", {"spec": {"selector": {"matchLabels": {"app": "web"}}, "replicas": 3}})) == set()
	messages(namespaced("apps/v1", "StatefulSet", "db", {"spec": {"serviceName": "db", "podManagementPolicy": "OrderedReady"}})) == set()
}

test_allows_a_stored_secret_as_it_was_written if {
	secret := namespaced("v1", "Secret", "key", {"type": "Opaque", "immutable": true, "stringData": {"key": "a"}})
	messages(secret) == set()
}

test_reports_a_key_that_vanishes_with_text if {
	secret := namespaced("v1", "Secret", "key", {"type": "Opaque", "immutable": true, "stringData": {"other": "a"}})
	messages(secret) == {"Secret \"key\" is immutable, and its data changes"}
}

test_allows_data_that_was_text if {
	state := {"namespace": {"shop": {"v1": {"Secret": {"key": {"immutable": true, "stringData": {"key": "b"}}}}}}}
	secret := namespaced("v1", "Secret", "key", {"immutable": true, "data": {"key": "Yg=="}})
	count(policy.deny) == 0 with input as secret with data.previous as state
}

test_allows_what_the_cluster_chose if {
	messages(namespaced("v1", "Service", "web", {"spec": {"type": "ClusterIP"}})) == set()
}

test_allows_new_objects if {
	messages(namespaced("apps/v1", "Deployment", "new", {"spec": {"selector": {}}})) == set()
	messages(object.union(class({"provisioner": "x"}), {"metadata": {"name": "slow"}})) == set()
}

test_allows_everything_without_a_previous_state if {
	count(policy.deny) == 0 with input as class({"provisioner": "x"})
}
