# METADATA
# scope: package
# title: Encrypted Secrets without decryption
# description: Flux applies the ciphertext as it is, and the workloads read garbage.
# related_resources:
# - ref: https://fluxcd.io/flux/guides/mozilla-sops/
# custom:
#   id: LT-FLUX-011
#   slug: flux-sops-missing
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   requires: [Secret]
#   profiles: [recommended]
#   remediation: Set spec.decryption with provider sops and the key Secret.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-9"]
#     soc2-2017: ["A1.2", "CC6.1"]
package lintel.gitops.flux_sops_missing

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.at(input, "spec.decryption", msg) if {
	count(encrypted) > 0
	not is_object(object.get(input.spec, "decryption", null))
	not decrypted
	msg := sprintf("%s has no decryption, although Secret %s is encrypted with SOPS", [flux.described, min(encrypted)])
}

# Without a Secret the controller needs an identity of the cloud.
deny contains finding.at(input, "spec.decryption", msg) if {
	decryption := input.spec.decryption
	is_object(decryption)
	not decryption.secretRef
	not decryption.serviceAccountName
	msg := sprintf("%s names no Secret with the decryption keys", [flux.described])
}

decrypted if {
	some other in flux.kustomizations
	is_object(object.get(other.spec, "decryption", null))
}

encrypted contains sprintf("%s/%s", [namespace, name]) if {
	some namespace, versions in data.inventory.namespace
	some name, secret in versions.v1.Secret
	is_object(secret.sops)
}
