# METADATA
# scope: package
# title: ApplicationSet is not named after its project
# description: With one name for both, everybody sees which project a set belongs to.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/
# custom:
#   id: LT-ARGO-034
#   slug: argo-appset-name
#   version: 1.0.0
#   status: stable
#   severity: info
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [ApplicationSet]}
#   profiles: []
#   remediation: Name the ApplicationSet after its project.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_appset_name

import data.lintel.lib.argo
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "metadata.name", msg) if {
	project := input.spec.template.spec.project
	not argo.templated(project)
	not startswith(resource.name, project)
	msg := sprintf("ApplicationSet %q does not bear the name of its project %q", [resource.name, project])
}
