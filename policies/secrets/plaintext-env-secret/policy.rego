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
#   category: secrets
#   tags: [secrets]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: "", kinds: [Pod, PodTemplate, ReplicationController]}
#   - {group: apps, kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet]}
#   - {group: batch, kinds: [Job, CronJob]}
#   - {group: extensions, kinds: [Deployment, DaemonSet, ReplicaSet]}
#   profiles: [recommended]
#   operations: [CREATE, UPDATE]
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

deny contains finding.at(variable, "value", msg) if {
	some c in resource.containers
	some variable in c.env
	is_string(variable.value)
	exposed(variable)
	not variable.name in parameters.allowNames
	msg := sprintf("environment variable %v of %s holds a readable credential", [variable.name, resource.describe(c)])
}

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
