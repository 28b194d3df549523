# METADATA
# scope: package
# title: Registry credentials in Git
# description: The pull secret decodes to the user name and password of the registry, often with push rights.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
# custom:
#   id: LT-SEC-006
#   slug: docker-config-secret
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [secrets]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Secret]}
#   profiles: [recommended]
#   remediation: Create the Secret outside Git or encrypt it, and rotate the password.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.docker_config_secret

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.secrets

deny contains finding.hidden(input[block], sprintf("[%q]", [key]), msg) if {
	some key in [".dockerconfigjson", ".dockercfg"]
	some block in ["data", "stringData"]
	config := decoded(block, input[block][key])
	registries := {host | some host, entry in entries(config); holds_credentials(entry)}
	count(registries) > 0
	msg := sprintf("Secret %q holds registry credentials for %s", [resource.name, concat(", ", registries)])
}

decoded("stringData", value) := json.unmarshal(value) if json.is_valid(value)

decoded("data", value) := json.unmarshal(text) if {
	text := secrets.plain(value)
	json.is_valid(text)
}

entries(config) := config.auths if {
	is_object(config.auths)
} else := config

holds_credentials(entry) if {
	some field in ["auth", "password", "identitytoken", "registrytoken"]
	secrets.literal(entry[field])
}
