# METADATA
# scope: package
# title: Seccomp profile is missing
# description: "Without a profile a container may call every function of the kernel, also those only exploits use."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-024
#   slug: seccomp-required
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod, pss-restricted]
#   profiles: [restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedProfiles: {type: array, items: {type: string}, default: [RuntimeDefault, Localhost], description: "Profile types accepted."}
#     localhostProfiles: {type: array, items: {type: string}, default: [], description: "Profiles of type Localhost accepted; an empty list accepts all."}
#   remediation: Set securityContext.seccompProfile.type to RuntimeDefault for the Pod.
#   fix: {op: add, path: securityContext/seccompProfile/type, value: RuntimeDefault, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.7.2"]
#     pss: ["restricted:seccompProfile_restricted"]
#     nsa-cisa-1.2: ["POD-6"]
#     mitre-attack: ["T1068", "T1611"]
#     soc2-2017: ["CC6.8"]
package lintel.security.seccomp_required

import data.lintel.lib.finding
import data.lintel.lib.pss
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.at(resource.pod_spec, "securityContext.seccompProfile.type", msg) if {
	by_field
	profile := resource.pod_spec.securityContext.seccompProfile
	not allowed(profile)
	msg := sprintf("the Pod has the seccomp profile %s", [text_of(profile)])
}

deny contains finding.at(c, "securityContext.seccompProfile.type", msg) if {
	by_field
	some c in resource.containers
	profile := c.securityContext.seccompProfile
	not allowed(profile)
	msg := sprintf("%s has the seccomp profile %s", [resource.describe(c), text_of(profile)])
}

deny contains finding.at(c, "securityContext.seccompProfile.type", msg) if {
	by_field
	not pod_confined
	some c in resource.containers
	not own_profile(c)
	msg := sprintf("%s has no seccomp profile, and neither has the Pod (securityContext.seccompProfile)", [resource.describe(c)])
}

# Before version 1.19 the profile was an annotation.
deny contains finding.at(resource.template, field, msg) if {
	settings.pod_security < 1019
	some key, value in pss.forbidden_seccomp_annotations
	field := sprintf("metadata.annotations[%q]", [key])
	msg := sprintf("the annotation %s asks for the seccomp profile %v", [key, value])
}

by_field if {
	settings.pod_security >= 1019
	not pss.windows_exempt
}

pod_confined if {
	profile := resource.pod_spec.securityContext.seccompProfile
	is_object(profile)
	allowed(profile)
}

own_profile(c) if is_object(c.securityContext.seccompProfile)

allowed(null)

allowed(profile) if {
	profile.type in data.parameters["LT-POD-024"].allowedProfiles
	not refused_file(profile)
}

refused_file(profile) if {
	profile.type == "Localhost"
	count(data.parameters["LT-POD-024"].localhostProfiles) > 0
	not listed_file(profile)
}

listed_file(profile) if profile.localhostProfile in data.parameters["LT-POD-024"].localhostProfiles

text_of(profile) := sprintf("%v %v", [profile.type, profile.localhostProfile]) if {
	refused_file(profile)
} else := sprintf("%v", [profile.type]) if {
	is_string(profile.type)
} else := "without a type"
