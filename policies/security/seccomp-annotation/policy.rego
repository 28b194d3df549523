# METADATA
# scope: package
# title: Seccomp annotation has no effect
# description: "Since Kubernetes 1.27 the old annotations are ignored, so the container runs without the profile they name."
# related_resources:
# - ref: https://kubernetes.io/docs/tutorials/security/seccomp/
# custom:
#   id: LT-POD-062
#   slug: seccomp-annotation
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Move the profile to securityContext.seccompProfile and remove the annotation.
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.security.seccomp_annotation

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(resource.template, field, msg), array.concat(profile(key, value), [{"op": "remove", "path": field, "unsafe": true}])) if {
	some key, value in resource.pod_annotations
	is_seccomp(key)
	field := sprintf("metadata.annotations[%q]", [key])
	msg := sprintf("the annotation %s has no effect", [key])
}

is_seccomp("seccomp.security.alpha.kubernetes.io/pod")

is_seccomp(key) if startswith(key, "container.seccomp.security.alpha.kubernetes.io/")

# profile sets what the annotation asks for, unless it is set: for the Pod, or for the container of that name.
profile(key, value) := [{"op": "add", "path": "/spec/securityContext/seccompProfile", "value": meaning(value)}] if {
	key == "seccomp.security.alpha.kubernetes.io/pod"
	not resource.pod_spec.securityContext.seccompProfile
} else := [{"op": "add", "path": concat("", [places[0], "/securityContext/seccompProfile"]), "value": meaning(value)}] if {
	# The first one, where several have the name.
	places := [sprintf("/spec/%s/%d", [list, index]) |
		some list in ["containers", "initContainers"]
		some index, c in resource.pod_spec[list]
		key == concat("/", ["container.seccomp.security.alpha.kubernetes.io", c.name])
		not c.securityContext.seccompProfile
	]
	count(places) > 0
} else := []

meaning(value) := {"type": "Unconfined"} if {
	value == "unconfined"
} else := {"type": "Localhost", "localhostProfile": trim_prefix(value, "localhost/")} if {
	startswith(value, "localhost/")
} else := {"type": "RuntimeDefault"}
