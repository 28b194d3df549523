package lintel.deprecation.removed_api_test

import data.lintel.deprecation.removed_api as policy

settings := {"kubernetes_version": "1.35", "pod_security_version": "latest"}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.settings as settings
}

test_reports_ingress_web if {
	messages({"apiVersion": "extensions/v1beta1", "kind": "Ingress", "metadata": {"name": "web"}}) == {"extensions/v1beta1 Ingress is not served since Kubernetes 1.22: use networking.k8s.io/v1"}
}

test_reports_podsecuritypolicy_psp if {
	messages({"apiVersion": "policy/v1beta1", "kind": "PodSecurityPolicy", "metadata": {"name": "psp"}}) == {"policy/v1beta1 PodSecurityPolicy is not served since Kubernetes 1.25: there is no replacement; use Pod Security admission or a policy engine"}
}

test_reports_cronjob_night if {
	messages({"apiVersion": "batch/v1beta1", "kind": "CronJob", "metadata": {"name": "night"}}) == {"batch/v1beta1 CronJob is not served since Kubernetes 1.25: use batch/v1"}
}

test_allows_ingress_web if {
	messages({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "web"}}) == set()
}

test_allows_flowschema_later if {
	messages({
		"apiVersion": "flowcontrol.apiserver.k8s.io/v1",
		"kind": "FlowSchema",
		"metadata": {"name": "later"},
	}) == set()
}

test_allows_endpoints_web if {
	messages({"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "web"}}) == set()
}

test_allows_what_an_older_target_serves if {
	count(policy.deny) == 0 with input as {"apiVersion": "batch/v1beta1", "kind": "CronJob"}
		with data.settings as {"kubernetes_version": "1.24"}
}

test_says_when_the_replacement_comes_later if {
	object := {"apiVersion": "flowcontrol.apiserver.k8s.io/v1beta1", "kind": "FlowSchema"}
	{found.msg | some found in policy.deny with input as object with data.settings as {"kubernetes_version": "1.27"}} == {"flowcontrol.apiserver.k8s.io/v1beta1 FlowSchema is not served since Kubernetes 1.26: use flowcontrol.apiserver.k8s.io/v1, which 1.27 does not serve before 1.29"}
}

test_reports_a_removed_kind_without_note if {
	count(policy.deny) == 1 with input as {"apiVersion": "apps/v1beta1", "kind": "DeploymentRollback"}
		with data.settings as {"kubernetes_version": "1.16"}
}
