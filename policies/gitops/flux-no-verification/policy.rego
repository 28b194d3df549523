# METADATA
# scope: package
# title: Flux source is not verified
# description: Without signatures everybody who can push, or has stolen a token that can, deploys; an identity pattern that fits all verifies nothing.
# related_resources:
# - ref: https://fluxcd.io/flux/components/source/ocirepositories/#verification
# custom:
#   id: LT-FLUX-002
#   slug: flux-no-verification
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: source.toolkit.fluxcd.io, kinds: [GitRepository, OCIRepository, HelmChart]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   profiles: [recommended]
#   remediation: Add spec.verify with a key or a narrow matchOIDCIdentity.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.5.1"]
#     nsa-cisa-1.2: ["POD-3"]
#     mitre-attack: ["T1525", "T1204.003"]
#     soc2-2017: ["CC8.1"]
package lintel.gitops.flux_no_verification

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.at(holder, "verify", msg) if {
	some holder in holders
	not is_object(object.get(holder, "verify", null))
	msg := sprintf("%s verifies no signature", [flux.described])
}

deny contains finding.at(holder, "verify", msg) if {
	some holder in holders
	input.kind != "GitRepository"
	is_object(holder.verify)
	not holder.verify.secretRef
	count(object.get(holder.verify, "matchOIDCIdentity", [])) == 0
	msg := sprintf("%s accepts the signature of any identity", [flux.described])
}

deny contains finding.at(identity, field, msg) if {
	some holder in holders
	some identity in holder.verify.matchOIDCIdentity
	some field in ["issuer", "subject"]
	regex.match(`^\^?(\.\*|\.\+)?\$?$`, identity[field])
	msg := sprintf("%s accepts every %s", [flux.described, field])
}

deny contains finding.at(input.spec.verify, "mode", msg) if {
	input.kind == "GitRepository"
	mode := object.get(input.spec.verify, "mode", "HEAD")
	not mode in {"HEAD", "head", "Tag", "TagAndHEAD"}
	msg := sprintf("%s has the unknown verification mode %v", [flux.described, mode])
}

deny contains finding.at(input.spec, "verify", msg) if {
	input.kind == "GitRepository"
	is_object(input.spec.verify)
	not input.spec.verify.secretRef
	msg := sprintf("%s names no keys to verify with", [flux.described])
}

holders := [input.spec] if {
	input.kind in {"GitRepository", "OCIRepository"}
} else := [input.spec] if {
	input.kind == "HelmChart"
	from_repository(input.spec)
} else := [input.spec.chart.spec] if {
	input.kind == "HelmRelease"
	from_repository(input.spec.chart.spec)
}

# Charts from Git or a bucket are verified with their source.
from_repository(spec) if object.get(spec, ["sourceRef", "kind"], "HelmRepository") == "HelmRepository"
