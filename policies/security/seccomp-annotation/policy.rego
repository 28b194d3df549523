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
#   effort: low
#   compliance: {}
package lintel.security.seccomp_annotation

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(resource.template, field, msg) if {
	some key, _ in resource.pod_annotations
	is_seccomp(key)
	field := sprintf("metadata.annotations[%q]", [key])
	msg := sprintf("the annotation %s has no effect", [key])
}

is_seccomp("seccomp.security.alpha.kubernetes.io/pod")

is_seccomp(key) if startswith(key, "container.seccomp.security.alpha.kubernetes.io/")
