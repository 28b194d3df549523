# METADATA
# scope: package
# title: Production chart version is a range
# description: A range takes new chart releases without review; in production each should be a commit.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/
# custom:
#   id: LT-ARGO-011
#   slug: argo-target-revision-semver-range
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application, ApplicationSet]}
#   profiles: []
#   parameters:
#     productionMark: {type: string, default: prod}
#   remediation: Pin the exact chart version.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_target_revision_semver_range

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.at(source, "targetRevision", msg) if {
	some source in argo.sources
	source.chart
	revision := source.targetRevision
	regex.match(`^[~^]|[0-9]\.[xX*]|[<>|,]|\s-\s|^[0-9]+(\.[0-9]+)?$`, revision)
	argo.production(data.parameters["LT-ARGO-011"].productionMark)
	msg := sprintf("%s takes any version in the range %q of chart %v", [argo.described, revision, source.chart])
}
