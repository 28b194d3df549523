# METADATA
# scope: package
# title: Credential written as an environment value
# description: The value is readable in Git, in the object and in every tool that shows Pods.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   id: LT-SEC-004
#   slug: plaintext-env-secret
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [secrets]
#   confidence: heuristic
#   scope: object
#   targets:
#   - workloads
#   profiles: [recommended]
#   parameters:
#     namePatterns: {type: array, items: {type: string}, default: []}
#     valuePatterns: {type: array, items: {type: string}, default: []}
#     allowNames: {type: array, items: {type: string}, default: []}
#   remediation: Keep the value in a Secret that is not committed, and mount it.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.1"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.plaintext_env_secret

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.secrets

deny contains finding.secret(variable, "value", find, msg) if {
	some c in resource.containers
	some variable in c.env
	is_string(variable.value)
	not variable.name in parameters.allowNames
	find := exposed_in(variable)
	msg := sprintf("environment variable %v of %s holds a readable credential", [variable.name, resource.describe(c)])
}

deny contains finding.secret(c, sprintf("%s[%d]", [field, index]), find, msg) if {
	some c in resource.containers
	some field in ["command", "args"]
	some index, text in c[field]
	some find in secrets.found(text)
	not find.name in parameters.allowNames
	msg := sprintf("%s of %s hold a readable credential (%s)", [field, resource.describe(c), find.name])
}

exposed_in(variable) := {"value": variable.value, "line": 0} if {
	exposed(variable)
} else := sort(secrets.found(variable.value))[0]

exposed(variable) if secrets.sensitive(variable.name, variable.value)

exposed(variable) if {
	some pattern in parameters.namePatterns
	regex.match(pattern, variable.name)
	secrets.literal(variable.value)
}

exposed(variable) if {
	some pattern in parameters.valuePatterns
	regex.match(pattern, variable.value)
}

parameters := data.parameters["LT-SEC-004"]
