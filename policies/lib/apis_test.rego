package lintel.lib.apis_test

import data.lintel.lib.apis

settings := {"kubernetes_version": "1.35", "pod_security_version": "latest"}

moves(object) := found if {
	row := apis.row(object.apiVersion, object.kind)
	found := apis.move(row) with input as object with data.settings as settings
}

test_version_alone if {
	moves({"apiVersion": "batch/v1beta1", "kind": "CronJob"}) == [{"op": "replace", "path": "/apiVersion", "value": "batch/v1", "unsafe": false}]
}

test_lists_and_what_has_no_successor if {
	moves({"apiVersion": "batch/v1beta1", "kind": "CronJobList"}) == []
	moves({"apiVersion": "policy/v1beta1", "kind": "PodSecurityPolicy"}) == []
	moves({"apiVersion": "apiextensions.k8s.io/v1beta1", "kind": "CustomResourceDefinition"}) == []
	moves({"apiVersion": "v1", "kind": "Endpoints"}) == []
}

test_not_before_it_is_served if {
	object := {"apiVersion": "batch/v1beta1", "kind": "CronJob"}
	row := apis.row(object.apiVersion, object.kind)
	apis.move(row) == [] with input as object with data.settings as {"kubernetes_version": "1.20", "pod_security_version": "latest"}
}

test_behaviour_that_changes if {
	moves({"apiVersion": "extensions/v1beta1", "kind": "DaemonSet"})[0].unsafe
	moves({"apiVersion": "extensions/v1beta1", "kind": "Ingress"})[0].unsafe == false
}

test_other_projects_are_unsafe if {
	row := apis.products["helm.toolkit.fluxcd.io/v2beta2"].HelmRelease
	moved := apis.move(row) with input as {"apiVersion": "helm.toolkit.fluxcd.io/v2beta2", "kind": "HelmRelease"} with data.settings as settings
	moved == [{"op": "replace", "path": "/apiVersion", "value": "helm.toolkit.fluxcd.io/v2", "unsafe": true}]
}

test_empty_selector_of_a_budget if {
	moves({"apiVersion": "policy/v1beta1", "kind": "PodDisruptionBudget", "spec": {"selector": {}}}) == []
	count(moves({"apiVersion": "policy/v1beta1", "kind": "PodDisruptionBudget", "spec": {"selector": {"matchLabels": {"a": "b"}}}})) == 1
}

test_ingress_backends if {
	operations := moves({"apiVersion": "networking.k8s.io/v1beta1", "kind": "Ingress", "spec": {
		"backend": {"serviceName": "a", "servicePort": "http"},
		"rules": [{"http": {"paths": [{"path": "/", "backend": {"serviceName": "b", "servicePort": 80}}]}}],
	}})
	[op.path | some op in operations] == [
		"/apiVersion",
		"/spec/backend/service/name", "/spec/backend/service/port/name", "/spec/backend/serviceName", "/spec/backend/servicePort",
		"/spec/defaultBackend",
		"/spec/rules/0/http/paths/0/backend/service/name", "/spec/rules/0/http/paths/0/backend/service/port/number",
		"/spec/rules/0/http/paths/0/backend/serviceName", "/spec/rules/0/http/paths/0/backend/servicePort",
		"/spec/rules/0/http/paths/0/pathType",
	]
}

test_ingress_backend_of_a_resource if {
	operations := moves({"apiVersion": "networking.k8s.io/v1beta1", "kind": "Ingress", "spec": {"backend": {"resource": {"name": "a"}}}})
	[op.path | some op in operations] == ["/apiVersion", "/spec/defaultBackend"]
}

test_metrics_of_an_autoscaler if {
	object := {"apiVersion": "autoscaling/v2beta1", "kind": "HorizontalPodAutoscaler", "spec": {"metrics": [
		{"resource": {"name": "cpu", "targetAverageUtilization": 80}},
		{"resource": {"name": "memory", "target": {}}},
	]}}
	operations := moves(object)
	array.slice(operations, 1, 3) == [
		{"op": "add", "path": "/spec/metrics/0/resource/target", "value": {"type": "Utilization", "averageUtilization": 80}},
		{"op": "remove", "path": "/spec/metrics/0/resource/targetAverageUtilization"},
	]
	count(operations) == 3
	moves({"apiVersion": "autoscaling/v2beta1", "kind": "HorizontalPodAutoscaler", "spec": {"metrics": [{"pods": {}}]}}) == []
}

test_names_of_fields if {
	[op.path | some op in moves({"apiVersion": "node.k8s.io/v1alpha1", "kind": "RuntimeClass", "spec": {"runtimeHandler": "gvisor"}})] == ["/apiVersion", "/handler", "/spec"]
	[op.path | some op in moves({"apiVersion": "flowcontrol.apiserver.k8s.io/v1beta2", "kind": "PriorityLevelConfiguration", "spec": {"limited": {"assuredConcurrencyShares": 5}}})] == ["/apiVersion", "/spec/limited/nominalConcurrencyShares"]
}
