# METADATA
# scope: package
# title: Private key in Git
# description: A committed private key lets anybody with the repository pose as the service or sign in its name.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets
# custom:
#   id: LT-SEC-007
#   slug: tls-key-in-git
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [secrets]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Secret]}
#   - {group: "", kinds: [ConfigMap]}
#   profiles: [recommended]
#   remediation: Let cert-manager or the secret store make the key; replace the committed one.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.tls_key_in_git

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.secrets

deny contains finding.hidden(input[block], sprintf("[%q]", [key]), msg) if {
	some block in ["data", "stringData", "binaryData"]
	some key, value in input[block]
	is_string(value)
	holds_key(block, key, value)
	msg := sprintf("%s %q holds a private key in %q", [input.kind, resource.name, key])
}

holds_key(_, _, value) if secrets.private_key(value)

holds_key(block, _, value) if {
	block != "stringData"
	startswith(value, "LS0tLS1CRUdJTi")
	secrets.private_key(secrets.plain(value))
}

# data of a TLS Secret is a key whatever it looks like.
holds_key(_, "tls.key", value) if {
	value != ""
	not secrets.template(value)
	not secrets.template(secrets.plain(value))
}
