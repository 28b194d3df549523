# METADATA
# scope: package
# title: Application follows a moving revision
# description: What is deployed changes without a change in this repository, so nobody can review or roll back to it.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/best_practices/
# custom:
#   id: LT-ARGO-010
#   slug: argo-target-revision-floating
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application, ApplicationSet]}
#   profiles: [recommended]
#   parameters:
#     floating: {type: array, items: {type: string}, default: [HEAD, main, master, develop, trunk]}
#     allowedRevisions: {type: array, items: {type: string}, default: []}
#   remediation: Pin targetRevision to a tag, a commit or an exact chart version.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     mitre-attack: ["T1204.003"]
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_target_revision_floating

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.at(source, "targetRevision", msg) if {
	some source in argo.sources
	revision := revision_of(source)
	not revision in parameters.allowedRevisions
	floats(source, revision)
	msg := sprintf("%s %s of %v", [argo.described, problem(revision), object.get(source, "repoURL", "")])
}

problem(revision) := "names no targetRevision and follows the newest one" if {
	revision == ""
} else := sprintf("follows the moving revision %q", [revision])

revision_of(source) := trim_space(sprintf("%v", [source.targetRevision])) if {
	source.targetRevision != null
} else := ""

floats(_, "")

floats(_, "*")

floats(_, revision) if revision in parameters.floating

floats(_, revision) if startswith(revision, "refs/heads/")

# An open range of chart versions takes every later release.
floats(source, revision) if {
	source.chart
	regex.match(`^>=?[^<]*$`, revision)
}

parameters := data.parameters["LT-ARGO-010"]
