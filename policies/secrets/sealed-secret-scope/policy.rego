# METADATA
# scope: package
# title: SealedSecret may be unsealed elsewhere
# description: With namespace or cluster scope the ciphertext can be renamed or moved, so somebody else can have it decrypted.
# related_resources:
# - ref: https://github.com/bitnami-labs/sealed-secrets#scopes
# custom:
#   id: LT-SEC-010
#   slug: sealed-secret-scope
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [secrets]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: bitnami.com, kinds: [SealedSecret]}
#   profiles: []
#   remediation: Seal with strict scope, and keep plain values out of the template.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-9"]
#     soc2-2017: ["CC6.1"]
package lintel.secrets.sealed_secret_scope

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.secrets

deny contains finding.at(input, sprintf("metadata.annotations[%q]", [key]), msg) if {
	some scope in ["cluster-wide", "namespace-wide"]
	key := sprintf("sealedsecrets.bitnami.com/%s", [scope])
	resource.annotations[key] == "true"
	msg := sprintf("SealedSecret %q has %s scope", [resource.name, scope])
}

deny contains finding.hidden(input.spec.template.data, sprintf("[%q]", [key]), msg) if {
	some key, value in input.spec.template.data
	secrets.literal(value)
	msg := sprintf("template of SealedSecret %q holds the plain value %q", [resource.name, key])
}
