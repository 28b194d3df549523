# METADATA
# scope: package
# title: Secret is passed in an environment variable
# description: The environment shows up in crash dumps, child processes and debug pages; a mounted file does not.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables
# custom:
#   id: LT-SEC-003
#   slug: secret-env
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [secrets]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   profiles: [hardening]
#   parameters:
#     exempt: {type: array, items: {type: string}, default: []}
#   remediation: Mount the Secret as a volume and read the file.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.1"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.007"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.secret_env

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(variable, "valueFrom.secretKeyRef", msg) if {
	some c in resource.containers
	some variable in c.env
	ref := variable.valueFrom.secretKeyRef
	is_object(ref)
	not object.get(ref, "name", "") in data.parameters["LT-SEC-003"].exempt
	msg := sprintf("%s reads Secret %q into the environment variable %v", [resource.describe(c), object.get(ref, "name", ""), variable.name])
}

deny contains finding.at(source, "secretRef", msg) if {
	some c in resource.containers
	some source in c.envFrom
	ref := source.secretRef
	is_object(ref)
	not object.get(ref, "name", "") in data.parameters["LT-SEC-003"].exempt
	msg := sprintf("%s reads all of Secret %q into its environment", [resource.describe(c), object.get(ref, "name", "")])
}
