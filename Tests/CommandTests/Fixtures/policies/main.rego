package main

# METADATA
# title: Container runs privileged
# description: A privileged container is root on its node.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: TEAM-1
#   slug: no-privileged
#   severity: critical
#   category: security
#   remediation: Remove privileged.
deny_privileged contains msg if {
	some container in containers
	container.securityContext.privileged
	msg := "a container is privileged"
}

warn contains {"msg": "the object has no team, 100% sure: \"<b>\", really", "path": ["metadata", "labels", "team"]} if {
	not input.metadata.labels.team
}

violation contains {"msg": "replicas must be at least 2", "path": "/spec/replicas", "details": {"wanted": 2}} if {
	input.kind == "Deployment"
	input.spec.replicas == 1
}

containers := input.spec.template.spec.containers if input.kind == "Deployment"

containers := input.spec.containers if input.kind == "Pod"
