# METADATA
# scope: package
# title: Two Applications deploy the same source to the same place
# description: They take the objects from each other, and deleting one deletes what the other needs.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#fail-the-sync-if-a-shared-resource-is-found
# custom:
#   id: LT-ARGO-031
#   slug: argo-duplicate-app
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: argoproj.io, kinds: [Application]}
#   requires: [argoproj.io/Application]
#   profiles: [recommended]
#   remediation: Remove one of them, and set FailOnSharedResource=true.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.gitops.argo_duplicate_app

import data.lintel.lib.argo
import data.lintel.lib.finding
import data.lintel.lib.partners
import data.lintel.lib.resource

deny contains finding.at(argo.spec, "source", msg) if {
	own := sprintf("%s/%s", [resource.namespace, resource.name])
	others := partners.without(shared[key_of(argo.spec)], own)
	msg := sprintf("Application %q deploys the same source to the same destination as %s", [resource.name, others])
}

shared[key] := partners.of(names) if some key, names in owners

owners[key_of(application.spec)] contains sprintf("%s/%s", [object.get(application.metadata, "namespace", "default"), application.metadata.name]) if {
	some application in argo.applications
}

key_of(spec) := [
	argo.normal(spec.source.repoURL),
	object.get(spec.source, "path", ""),
	object.get(spec.source, "chart", ""),
	object.get(spec.source, "helm", {}),
	object.get(spec.source, "kustomize", {}),
	argo.destination(spec.destination),
]
