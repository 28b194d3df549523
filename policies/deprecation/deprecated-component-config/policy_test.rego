package lintel.deprecation.deprecated_component_config_test

import data.lintel.deprecation.deprecated_component_config as policy

settings := {"kubernetes_version": "1.35", "pod_security_version": "latest"}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.settings as settings
}

test_reports_clusterconfiguration_clusterconfiguration if {
	messages({"apiVersion": "kubeadm.k8s.io/v1beta3", "kind": "ClusterConfiguration"}) == {"kubeadm.k8s.io/v1beta3 ClusterConfiguration is deprecated since 1.31: use kubeadm.k8s.io/v1beta4"}
}

test_reports_kubeschedulerconfiguration_kubeschedulerconfiguration if {
	messages({"apiVersion": "kubescheduler.config.k8s.io/v1beta2", "kind": "KubeSchedulerConfiguration"}) == {"kubescheduler.config.k8s.io/v1beta2 KubeSchedulerConfiguration is gone since 1.28: use kubescheduler.config.k8s.io/v1"}
}

test_reports_encryptionconfiguration_encryptionconfiguration if {
	messages({
		"apiVersion": "apiserver.config.k8s.io/v1",
		"kind": "EncryptionConfiguration",
		"resources": [
			{"resources": ["secrets"], "providers": [{"kms": {"name": "old", "endpoint": "unix:///kms.sock"}}]},
		],
	}) == {"KMS provider old uses KMS v1, deprecated since 1.28: use v2"}
}

test_reports_config_config if {
	messages({
		"apiVersion": "v1",
		"kind": "Config",
		"users": [{"name": "jane", "user": {"exec": {"apiVersion": "client.authentication.k8s.io/v1alpha1"}}}],
	}) == {"user jane uses client.authentication.k8s.io/v1alpha1, gone since 1.24: use client.authentication.k8s.io/v1"}
}

test_allows_clusterconfiguration_clusterconfiguration if {
	messages({"apiVersion": "kubeadm.k8s.io/v1beta4", "kind": "ClusterConfiguration"}) == set()
}

test_allows_encryptionconfiguration_encryptionconfiguration if {
	messages({
		"apiVersion": "apiserver.config.k8s.io/v1",
		"kind": "EncryptionConfiguration",
		"resources": [
			{
				"resources": ["secrets"],
				"providers": [{"kms": {"apiVersion": "v2", "name": "new"}}, {"identity": {}}],
			},
		],
	}) == set()
}

test_allows_config_config if {
	messages({
		"apiVersion": "v1",
		"kind": "Config",
		"users": [{"name": "jane", "user": {"exec": {"apiVersion": "client.authentication.k8s.io/v1"}}}],
	}) == set()
}
