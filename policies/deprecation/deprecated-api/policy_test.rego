package lintel.deprecation.deprecated_api_test

import data.lintel.deprecation.deprecated_api as policy

settings := {"kubernetes_version": "1.35", "pod_security_version": "latest"}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.settings as settings
}

test_reports_endpoints_web if {
	messages({"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "web"}}) == {"v1 Endpoints is deprecated since Kubernetes 1.33: use discovery.k8s.io/v1 EndpointSlice"}
}

test_reports_componentstatus_scheduler if {
	messages({"apiVersion": "v1", "kind": "ComponentStatus", "metadata": {"name": "scheduler"}}) == {"v1 ComponentStatus is deprecated since Kubernetes 1.19: there is no replacement; read-only health view, no removal date; use component health endpoints"}
}

test_allows_endpointslice_web if {
	messages({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "web"}}) == set()
}

test_allows_cronjob_gone if {
	messages({"apiVersion": "batch/v1beta1", "kind": "CronJob", "metadata": {"name": "gone"}}) == set()
}

test_allows_deployment_web if {
	messages({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}}) == set()
}

test_allows_endpoints_before_their_deprecation if {
	count(policy.deny) == 0 with input as {"apiVersion": "v1", "kind": "Endpoints"}
		with data.settings as {"kubernetes_version": "1.31"}
}

test_names_the_removal if {
	object := {"apiVersion": "flowcontrol.apiserver.k8s.io/v1beta3", "kind": "FlowSchema"}
	count(policy.deny) == 1 with input as object with data.settings as {"kubernetes_version": "1.31"}
}
