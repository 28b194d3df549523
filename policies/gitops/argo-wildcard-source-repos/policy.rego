# METADATA
# scope: package
# title: Project takes manifests from any repository
# description: Whoever can push to any repository that fits the pattern can deploy with the rights of the project.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
# custom:
#   id: LT-ARGO-002
#   slug: argo-wildcard-source-repos
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [AppProject]}
#   profiles: [recommended]
#   remediation: List the repositories of the team in spec.sourceRepos.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1610", "T1098.006"]
#     soc2-2017: ["CC6.3", "CC8.1"]
package lintel.gitops.argo_wildcard_source_repos

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, sprintf("spec.sourceRepos[%d]", [index]), msg) if {
	some index, pattern in input.spec.sourceRepos
	whole_host(pattern)
	msg := sprintf("AppProject %q allows every repository of %q", [resource.name, pattern])
}

deny contains finding.at(input, sprintf("spec.sourceNamespaces[%d]", [index]), msg) if {
	some index, "*" in input.spec.sourceNamespaces
	msg := sprintf("AppProject %q takes Applications from every namespace", [resource.name])
}

# "!" entries deny, so a wildcard in them is harmless.
whole_host(pattern) if regex.match(`^(\*+|[a-z+]+://\*+(/\*+)*|([a-z+]+://)?([^/@]+@)?[^/:*]+[:/]\*+(/\*+)*|\*+[:/@.].*\*+)$`, pattern)
