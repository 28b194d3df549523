# METADATA
# scope: package
# title: Application is in a namespace its project does not read
# description: Argo CD ignores such an Application without a word.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/app-any-namespace/
# custom:
#   id: LT-ARGO-009
#   slug: argo-app-in-foreign-namespace
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: argoproj.io, kinds: [Application]}
#   requires: [argoproj.io/AppProject]
#   profiles: [recommended]
#   parameters:
#     argoNamespaces: {type: array, items: {type: string}, default: [argocd]}
#   remediation: Move the Application, or add its namespace to sourceNamespaces of the project.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_app_in_foreign_namespace

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.at(input, "metadata.namespace", msg) if {
	namespace := input.metadata.namespace
	is_string(namespace)
	not namespace in data.parameters["LT-ARGO-009"].argoNamespaces
	count(argo.own_projects) > 0
	not namespace in {project.metadata.namespace | some project in argo.own_projects}
	not admitted(namespace)
	msg := sprintf("project %v takes no Applications from namespace %q", [argo.spec.project, namespace])
}

admitted(namespace) if {
	some project in argo.own_projects
	some pattern in project.spec.sourceNamespaces
	argo.fits(pattern, null, namespace)
}
