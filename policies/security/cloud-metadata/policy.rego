# METADATA
# scope: package
# title: Container reaches for the cloud metadata service
# description: The metadata address of a cloud gives out the credentials of the node.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/security-checklist/
# custom:
#   id: LT-POD-056
#   slug: cloud-metadata
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: heuristic
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: "Use the workload identity of the cloud, and block the address by a NetworkPolicy."
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-10"]
#     mitre-attack: ["T1552.007"]
#     soc2-2017: ["CC6.1"]
package lintel.security.cloud_metadata

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, field, msg) if {
	some c in resource.containers
	some i, variable in c.env
	names_metadata(variable.value)
	field := sprintf("env[%d].value", [i])
	msg := sprintf("%s names the cloud metadata service in the variable %v", [resource.describe(c), object.get(variable, "name", "")])
}

deny contains finding.at(c, field, msg) if {
	some c in resource.containers
	some list in ["command", "args"]
	some i, word in c[list]
	names_metadata(word)
	field := sprintf("%s[%d]", [list, i])
	msg := sprintf("%s names the cloud metadata service in its %s", [resource.describe(c), list])
}

names_metadata(text) if contains(text, "169.254.169.254")

names_metadata(text) if contains(text, "metadata.google.internal")
