# METADATA
# scope: package
# title: Manifest holds ephemeral containers
# description: Ephemeral containers are for debugging a running Pod; in a manifest they are a mistake or a way around reviews.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-043
#   slug: ephemeral-containers
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Remove ephemeralContainers and use kubectl debug when it is needed.
#   fix: {op: remove, path: ., unsafe: true}
#   effort: low
#   compliance: {}
package lintel.security.ephemeral_containers

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.on(c, msg) if {
	some c in resource.ephemeral_containers
	msg := sprintf("ephemeral %s is part of the manifest", [resource.describe(c)])
}
