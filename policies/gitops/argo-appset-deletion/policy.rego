# METADATA
# scope: package
# title: ApplicationSet may delete production
# description: When a generator yields nothing, for a moment or by mistake, the Applications and all their objects go.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Controlling-Resource-Modification/
# custom:
#   id: LT-ARGO-028
#   slug: argo-appset-deletion
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [ApplicationSet]}
#   profiles: [recommended]
#   parameters:
#     productionMark: {type: string, default: prod}
#   remediation: Set syncPolicy.preserveResourcesOnDeletion or applicationsSync create-update.
#   fix: {op: add, path: spec/syncPolicy/preserveResourcesOnDeletion, value: true, unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.gitops.argo_appset_deletion

import data.lintel.lib.argo
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.syncPolicy", msg) if {
	produces
	not guarded
	msg := sprintf("ApplicationSet %q deletes production objects when its generators yield nothing", [resource.name])
}

produces if argo.production(data.parameters["LT-ARGO-028"].productionMark)

# Clusters and repositories come and go, so these generators can run empty.
produces if {
	some generator in input.spec.generators
	some kind in ["git", "scmProvider", "clusters", "clusterDecisionResource", "plugin"]
	generator[kind]
	contains(sprintf("%v", [generator[kind]]), data.parameters["LT-ARGO-028"].productionMark)
}

guarded if input.spec.syncPolicy.preserveResourcesOnDeletion == true

guarded if input.spec.syncPolicy.applicationsSync in {"create-only", "create-update"}
