# METADATA
# scope: package
# title: Flux source names several revisions
# description: Flux takes one and ignores the others without a word (commit, name, semver, tag, branch in this order).
# related_resources:
# - ref: https://fluxcd.io/flux/components/source/gitrepositories/#reference
# custom:
#   id: LT-FLUX-004
#   slug: flux-ref-conflict
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: source.toolkit.fluxcd.io, kinds: [GitRepository, OCIRepository]}
#   profiles: [recommended]
#   remediation: Keep one field of spec.ref.
#   fix: {op: remove, path: .}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.flux_ref_conflict

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.at(input, sprintf("spec.ref.%s", [loser]), msg) if {
	given := [field | some field in order[input.kind]; object.get(input.spec.ref, field, "") != ""]
	count(given) > 1
	some loser in array.slice(given, 1, count(given))

	# A branch beside a commit only says where the commit is.
	not loser == "branch"
	msg := sprintf("%s names %s, which %s overrides", [flux.described, loser, given[0]])
}

deny contains finding.at(input, "spec.ref.branch", msg) if {
	input.spec.ref.branch != ""
	winners := [field | some field in ["name", "semver", "tag"]; object.get(input.spec.ref, field, "") != ""]
	count(winners) > 0
	msg := sprintf("%s names branch, which %s overrides", [flux.described, winners[0]])
}

order := {
	"GitRepository": ["commit", "name", "semver", "tag", "branch"],
	"OCIRepository": ["digest", "semver", "tag"],
}
