# METADATA
# scope: package
# title: SELinux confinement is changed
# description: "Another SELinux user, role or type can lift the confinement of a container; the level alone is harmless."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-027
#   slug: selinux
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod, pss-baseline]
#   profiles: [recommended, baseline, restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedSELinuxOptions:
#       type: array
#       items: {type: object, properties: {level: {type: string}, role: {type: string}, type: {type: string}, user: {type: string}}}
#       default: []
#       description: Complete option blocks accepted beside the standard ones.
#   remediation: "Set only the level, or one of the container types."
#   fix: {op: remove, path: ., unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.7.3"]
#     pss: ["baseline:seLinuxOptions"]
#     nsa-cisa-1.2: ["POD-6"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.8"]
package lintel.security.selinux

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.at(resource.pod_spec, sprintf("securityContext.seLinuxOptions.%s", [field]), msg) if {
	options := resource.pod_spec.securityContext.seLinuxOptions
	some field in forbidden_fields(options)
	msg := sprintf("the Pod sets the SELinux %s %v", [field, options[field]])
}

deny contains finding.at(c, sprintf("securityContext.seLinuxOptions.%s", [field]), msg) if {
	some c in resource.containers
	options := c.securityContext.seLinuxOptions
	some field in forbidden_fields(options)
	msg := sprintf("%s sets the SELinux %s %v", [resource.describe(c), field, options[field]])
}

forbidden_fields(options) := fields if {
	not listed(options)
	fields := {field |
		some field in ["type", "user", "role"]
		value := options[field]
		not value in accepted[field]
	}
}

listed(options) if options in data.parameters["LT-POD-027"].allowedSELinuxOptions

accepted := {"type": types, "user": {"", null}, "role": {"", null}}

types := {"", null, "container_t", "container_init_t", "container_kvm_t"} | newer_types

newer_types := {"container_engine_t"} if {
	settings.pod_security >= 1031
} else := set()
