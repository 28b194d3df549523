# METADATA
# scope: package
# title: SOPS rules miss Secrets or parts of them
# description: A Secret that no creation rule fits is never encrypted; an encrypted_regex that does not cover data and stringData leaves the credentials readable.
# related_resources:
# - ref: https://getsops.io/docs/#encrypting-only-parts-of-a-file
# custom:
#   id: LT-SEC-013
#   slug: sops-rule-missing
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [secrets]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: lintel, kinds: [SopsConfig]}
#   requires: [lintel/Place]
#   profiles: [recommended]
#   remediation: Let a rule fit every Secret, use encrypted_regex ^(data|stringData)$ and name a recipient.
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

deny contains finding.at(input.config, "creation_rules", msg) if {
	some place in unmatched
	msg := sprintf("no creation rule fits %s, which holds a Secret", [place])
}

# unmatched are the files with Secrets below the folder of this one that no path_regex fits.
unmatched contains place.file if {
	folder := trim_suffix(input.file, ".sops.yaml")
	some names in data.places[""].Secret
	some places in names
	some place in places
	startswith(place.file, folder)
	not nearer(place.file, folder)
	not fits_a_rule(trim_prefix(place.file, folder))
}

# nearer holds when a folder between has rules of its own.
nearer(file, folder) if {
	some config in data.places.lintel.SopsConfig["default"][".sops.yaml"]
	own := trim_suffix(config.file, ".sops.yaml")
	count(own) > count(folder)
	startswith(file, own)
}

fits_a_rule(path) if {
	some rule in input.config.creation_rules
	fits(rule, path)
}

# A rule without path_regex fits every file.
fits(rule, _) if not rule.path_regex

fits(rule, _) if not regex.is_valid(rule.path_regex)

fits(rule, path) if {
	regex.is_valid(rule.path_regex)
	regex.match(rule.path_regex, path)
}

recipient(rule) if {
	some field in ["age", "pgp", "kms", "azure_keyvault", "hc_vault_transit_uri", "gcp_kms", "key_groups"]
	count(rule[field]) > 0
}
