# METADATA
# scope: package
# title: AppArmor is switched off
# description: On nodes with AppArmor the runtime confines containers by default; Unconfined takes that away.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-026
#   slug: apparmor
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
#     allowedProfiles: {type: array, items: {type: string}, default: [RuntimeDefault, Localhost], description: "Profile types accepted."}
#   remediation: "Remove the profile or annotation, or set it to RuntimeDefault or a Localhost profile."
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.7.3"]
#     pss: ["baseline:appArmorProfile"]
#     nsa-cisa-1.2: ["POD-6"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.8"]
package lintel.security.apparmor

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(resource.pod_spec, "securityContext.appArmorProfile.type", msg), runtime_default) if {
	profile := resource.pod_spec.securityContext.appArmorProfile
	not allowed(profile)
	msg := sprintf("the Pod has the AppArmor profile %v", [object.get(profile, "type", "without a type")])
}

deny contains finding.fixed(finding.at(c, "securityContext.appArmorProfile.type", msg), runtime_default) if {
	some c in resource.containers
	profile := c.securityContext.appArmorProfile
	not allowed(profile)
	msg := sprintf("%s has the AppArmor profile %v", [resource.describe(c), object.get(profile, "type", "without a type")])
}

deny contains finding.fixed(finding.at(resource.template, field, msg), [{"op": "replace", "path": field, "value": "runtime/default", "unsafe": true}]) if {
	some key, value in resource.pod_annotations
	startswith(key, "container.apparmor.security.beta.kubernetes.io/")
	not allowed_annotation(value)
	field := sprintf("metadata.annotations[%q]", [key])
	msg := sprintf("the annotation %s asks for the AppArmor profile %v", [key, value])
}

allowed(null)

allowed(profile) if profile.type in data.parameters["LT-POD-026"].allowedProfiles

# Without a value, the annotation is the empty string to the API server.
allowed_annotation(value) if value in {"", null}

allowed_annotation("runtime/default")

allowed_annotation(value) if startswith(value, "localhost/")

runtime_default := [{"op": "add", "path": "/securityContext/appArmorProfile/type", "value": "RuntimeDefault", "unsafe": true}]
