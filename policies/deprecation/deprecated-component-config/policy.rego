# METADATA
# scope: package
# title: Component configuration uses an old version
# description: The component of the target version warns about this configuration file or no longer reads it.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
# custom:
#   id: LT-API-003
#   slug: deprecated-component-config
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [deprecation]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: apiserver.config.k8s.io, kinds: [AuthenticationConfiguration, AuthorizationConfiguration]}
#   - {group: audit.k8s.io, kinds: [Event, Policy]}
#   - {group: client.authentication.k8s.io, kinds: [ExecCredential]}
#   - {group: kubeadm.k8s.io, kinds: [ClusterConfiguration, InitConfiguration, JoinConfiguration]}
#   - {group: kubescheduler.config.k8s.io, kinds: [KubeSchedulerConfiguration]}
#   - {group: pod-security.admission.config.k8s.io, kinds: [PodSecurityConfiguration]}
#   - {group: apiserver.config.k8s.io, kinds: [EncryptionConfiguration]}
#   - {group: "", kinds: [Config]}
#   profiles: [recommended]
#   remediation: Rewrite the file for the replacement version.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     soc2-2017: ["CC7.1"]
package lintel.deprecation.deprecated_component_config

import data.lintel.lib.apis
import data.lintel.lib.finding
import data.lintel.lib.settings

deny contains finding.at(input, "apiVersion", msg) if {
	row := apis.components[input.apiVersion][input.kind]
	apis.deprecated(row)
	msg := sprintf("%s %s is %s: use %s", [input.apiVersion, input.kind, state(row), row.replacement])
}

# KMS v1 is off by default since 1.29; a provider without apiVersion means v1.
deny contains finding.at(provider.kms, "apiVersion", msg) if {
	input.kind == "EncryptionConfiguration"
	some entry in input.resources
	some provider in entry.providers
	object.get(provider.kms, "apiVersion", "v1") == "v1"
	settings.kubernetes >= 1028
	msg := sprintf("KMS provider %v uses KMS v1, deprecated since 1.28: use v2", [provider.kms.name])
}

deny contains finding.at(user, "user.exec.apiVersion", msg) if {
	input.kind == "Config"
	some user in input.users
	row := apis.components[user.user.exec.apiVersion].ExecCredential
	apis.deprecated(row)
	msg := sprintf("user %v uses %s, %s: use %s", [user.name, user.user.exec.apiVersion, state(row), row.replacement])
}

state(row) := sprintf("gone since %s", [row.removed]) if {
	apis.removed(row)
} else := sprintf("deprecated since %s", [row.deprecated])
