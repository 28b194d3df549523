# METADATA
# scope: package
# title: Secret with readable values in Git
# description: "base64 is not encryption: whoever reads the repository reads the credential, in every old commit too."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   id: LT-SEC-001
#   slug: secret-plaintext
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [secrets]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: "", kinds: [Secret]}
#   profiles: [recommended]
#   parameters:
#     allowNames: {type: array, items: {type: string}, default: []}
#     allowKeys: {type: array, items: {type: string}, default: [ca.crt, namespace]}
#   remediation: Use SOPS, a SealedSecret or an ExternalSecret, and rotate what was committed.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.secret_plaintext

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.secrets

deny contains finding.hidden(input[block], sprintf("[%q]", [keys[0]]), msg) if {
	not secrets.encrypted
	not resource.name in parameters.allowNames
	some block in ["data", "stringData"]
	keys := sort([key | some key, value in input[block]; readable(block, key, value)])
	count(keys) > 0
	msg := sprintf("Secret %q holds readable values in %s: %s", [resource.name, block, concat(", ", keys)])
}

# Tokens of these types are credentials even before a controller fills them in.
deny contains finding.at(input, "type", msg) if {
	not secrets.encrypted
	input.type in {"kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"}
	not resource.name in parameters.allowNames
	msg := sprintf("Secret %q of type %s is a cluster credential", [resource.name, input.type])
}

readable("stringData", key, value) if {
	not key in parameters.allowKeys
	not secrets.ordinary(key, value)
	not secrets.template(value)
	not secrets.placeholder(value)
}

readable("data", key, value) if {
	not key in parameters.allowKeys
	value != ""
	not secrets.template(value)
	not secrets.ordinary(key, secrets.plain(value))
	not secrets.template(secrets.plain(value))
	not secrets.placeholder(secrets.plain(value))
}

parameters := data.parameters["LT-SEC-001"]
