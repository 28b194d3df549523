# METADATA
# scope: package
# title: Seccomp is switched off
# description: The profile Unconfined lifts the filter that keeps containers from calling every function of the kernel.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-025
#   slug: seccomp-unconfined
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod, pss-baseline]
#   profiles: [recommended, baseline, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Set securityContext.seccompProfile.type to RuntimeDefault.
#   fix: {op: replace, path: securityContext/seccompProfile/type, value: RuntimeDefault, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.7.2"]
#     pss: ["baseline:seccompProfile_baseline"]
#     nsa-cisa-1.2: ["POD-6"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.8"]
package lintel.security.seccomp_unconfined

import data.lintel.lib.finding
import data.lintel.lib.pss
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.at(resource.pod_spec, "securityContext.seccompProfile.type", msg) if {
	settings.pod_security >= 1019
	profile := resource.pod_spec.securityContext.seccompProfile
	not confined(profile)
	msg := sprintf("the Pod has the seccomp profile %v", [object.get(profile, "type", "without a type")])
}

deny contains finding.at(c, "securityContext.seccompProfile.type", msg) if {
	settings.pod_security >= 1019
	some c in resource.containers
	profile := c.securityContext.seccompProfile
	not confined(profile)
	msg := sprintf("%s has the seccomp profile %v", [resource.describe(c), object.get(profile, "type", "without a type")])
}

# Before version 1.19 the profile was an annotation.
deny contains finding.at(resource.template, field, msg) if {
	settings.pod_security < 1019
	some key, value in pss.forbidden_seccomp_annotations
	field := sprintf("metadata.annotations[%q]", [key])
	msg := sprintf("the annotation %s asks for the seccomp profile %v", [key, value])
}

confined(null)

confined(profile) if profile.type in pss.confined_seccomp
