# METADATA
# scope: package
# title: SOPS file is only partly encrypted
# description: A value left readable in an encrypted file goes unnoticed; without MAC or recipient the file cannot be trusted or opened.
# related_resources:
# - ref: https://getsops.io/docs/
# custom:
#   id: LT-SEC-002
#   slug: sops-partial
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [secrets]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Secret]}
#   profiles: [recommended]
#   remediation: Encrypt the file again with sops so that data and stringData are covered.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.sops_partial

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.secrets

deny contains finding.hidden(input[block], sprintf("[%q]", [key]), msg) if {
	secrets.encrypted
	some block in ["data", "stringData"]
	some key, value in input[block]
	value != ""
	not is_encrypted(value)
	msg := sprintf("%s %q of the SOPS Secret %q is not encrypted", [block, key, resource.name])
}

deny contains finding.at(input, "sops.mac", msg) if {
	secrets.encrypted
	not is_encrypted(object.get(input.sops, "mac", ""))
	msg := sprintf("SOPS Secret %q has no message authentication code", [resource.name])
}

deny contains finding.at(input, "sops", msg) if {
	secrets.encrypted
	not recipient
	msg := sprintf("SOPS Secret %q has no recipient", [resource.name])
}

is_encrypted(value) if {
	is_string(value)
	startswith(value, "ENC[AES256_GCM,")
}

recipient if {
	some kind in ["age", "pgp", "kms", "azure_kv", "hc_vault", "gcp_kms", "key_groups"]
	count(input.sops[kind]) > 0
}
