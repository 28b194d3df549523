# METADATA
# scope: package
# title: SOPS rule leaves parts of Secrets readable
# description: An encrypted_regex that does not cover data and stringData encrypts the file and leaves the credentials readable.
# related_resources:
# - ref: https://getsops.io/docs/#encrypting-only-parts-of-a-file
# custom:
#   id: LT-SEC-013
#   slug: sops-rule-missing
#   version: 1.0.0
#   status: stable
#   severity: medium
#   category: secrets
#   tags: [secrets]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: lintel, kinds: [SopsConfig]}
#   profiles: [recommended]
#   operations: [CREATE, UPDATE]
#   remediation: Use encrypted_regex ^(data|stringData)$ and name a recipient.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.sops_rule_missing

import data.lintel.lib.finding

deny contains finding.at(rule, "encrypted_regex", msg) if {
	some rule in input.config.creation_rules
	regex.is_valid(rule.encrypted_regex)
	uncovered := [field | some field in ["data", "stringData"]; not regex.match(rule.encrypted_regex, field)]
	count(uncovered) > 0
	msg := sprintf("encrypted_regex %q leaves %s readable", [rule.encrypted_regex, concat(" and ", uncovered)])
}

deny contains finding.on(rule, msg) if {
	some rule in input.config.creation_rules
	is_object(rule)
	not recipient(rule)
	msg := sprintf("creation rule %s names no recipient", [object.get(rule, "path_regex", "")])
}

recipient(rule) if {
	some field in ["age", "pgp", "kms", "azure_keyvault", "hc_vault_transit_uri", "gcp_kms", "key_groups"]
	count(rule[field]) > 0
}
