# METADATA
# scope: package
# title: Application is not reconciled
# description: The annotation was meant for an emergency; committed, it stops all syncing for good.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/skip_reconcile/
# custom:
#   id: LT-ARGO-030
#   slug: argo-skip-reconcile
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application]}
#   profiles: [recommended]
#   remediation: Remove the annotation argocd.argoproj.io/skip-reconcile.
#   fix: {op: remove, path: metadata/annotations/argocd.argoproj.io~1skip-reconcile, unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_skip_reconcile

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, `metadata.annotations["argocd.argoproj.io/skip-reconcile"]`, msg) if {
	resource.annotations["argocd.argoproj.io/skip-reconcile"] == "true"
	msg := sprintf("Application %q is not reconciled", [resource.name])
}
