# METADATA
# scope: package
# title: Service-account token that never expires
# description: A token Secret stays valid until it is deleted; tokens asked for by TokenRequest expire and are bound to a Pod.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets
# custom:
#   id: LT-SEC-008
#   slug: sa-token-secret
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [secrets]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Secret]}
#   profiles: [recommended]
#   remediation: Use a projected service-account token or kubectl create token.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["POD-5"]
#     mitre-attack: ["T1528"]
#     soc2-2017: ["CC6.1"]
package lintel.secrets.sa_token_secret

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "type", msg) if {
	input.type == "kubernetes.io/service-account-token"
	msg := sprintf("Secret %q is a service-account token without expiry", [resource.name])
}
