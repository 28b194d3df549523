# METADATA
# scope: package
# title: Repository is not allowed by the project
# description: Argo CD refuses to sync an Application whose repository its project does not list.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
# custom:
#   id: LT-ARGO-013
#   slug: argo-repo-not-in-project
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: argoproj.io, kinds: [Application]}
#   requires: [argoproj.io/AppProject]
#   profiles: [recommended]
#   remediation: Add the repository to sourceRepos of the project or change the project.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_repo_not_in_project

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.at(source, "repoURL", msg) if {
	count(argo.own_projects) > 0
	some source in argo.sources
	is_string(source.repoURL)
	not permitted(source)
	msg := sprintf("project %v does not allow the repository %s", [argo.spec.project, source.repoURL])
}

permitted(source) if {
	address := argo.normal(source.repoURL)
	some number, _ in projects
	allowed(number, address)
	not denied(number, address)
}

projects := [project | some project in argo.own_projects]

allowed(number, address) if address in addresses[number]

allowed(number, address) if {
	some pattern in patterns[number]
	argo.fits(pattern, ["/"], address)
}

denied(number, address) if {
	some pattern in denials[number]
	argo.fits(pattern, ["/"], address)
}

# addresses are what a project allows by its whole name, which is most of it.
addresses[number] contains argo.normal(pattern) if {
	some number, project in projects
	some pattern in project.spec.sourceRepos
	not startswith(pattern, "!")
	not regex.match(wildcards, pattern)
}

patterns[number] contains argo.normal(pattern) if {
	some number, project in projects
	some pattern in project.spec.sourceRepos
	not startswith(pattern, "!")
	regex.match(wildcards, pattern)
}

denials[number] contains argo.normal(trim_prefix(pattern, "!")) if {
	some number, project in projects
	some pattern in project.spec.sourceRepos
	startswith(pattern, "!")
}

wildcards := `[*?\[\]{}\\]`
