# METADATA
# scope: package
# title: Credential kept in a ConfigMap
# description: ConfigMaps are not encrypted at rest, are readable by far more roles than Secrets, and are printed by tools.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/configmap/
# custom:
#   id: LT-SEC-005
#   slug: configmap-secret
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [secrets]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: "", kinds: [ConfigMap]}
#   profiles: [recommended]
#   parameters:
#     allowNames: {type: array, items: {type: string}, default: []}
#   remediation: Move the value to a Secret that is not committed.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.configmap_secret

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.secrets

deny contains finding.secret(input.data, sprintf("[%q]", [key]), find, msg) if {
	some key, value in input.data
	is_string(value)
	not key in data.parameters["LT-SEC-005"].allowNames
	some find in exposed(key, value)
	msg := sprintf("ConfigMap %q holds a readable credential in %q%s", [resource.name, key, find.what])
}

exposed(key, value) := {{"what": "", "value": value, "line": 0}} if {
	not contains(value, "\n")
	secrets.sensitive(key, value)
} else := {object.union(find, {"what": sprintf(" (%s)", [find.name])}) |
	some find in secrets.found(value)
	not find.name in data.parameters["LT-SEC-005"].allowNames
}
