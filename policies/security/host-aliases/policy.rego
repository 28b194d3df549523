# METADATA
# scope: package
# title: Pod edits its hosts file
# description: Entries of hostAliases go around the name service and can lead a program to another server.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-038
#   slug: host-aliases
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [hardening, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Remove hostAliases and use a Service or ExternalName.
#   fix: {op: remove, path: hostAliases, unsafe: true}
#   effort: low
#   compliance: {}
package lintel.security.host_aliases

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "hostAliases", msg) if {
	count(aliases) > 0
	msg := sprintf("the Pod writes %d hostAliases into its hosts file", [count(aliases)])
}

aliases := [alias | some alias in resource.pod_spec.hostAliases]
