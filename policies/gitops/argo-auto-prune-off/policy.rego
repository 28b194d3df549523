# METADATA
# scope: package
# title: Automated sync leaves deleted objects behind
# description: Without prune, what is removed from Git keeps running in the cluster.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-pruning
# custom:
#   id: LT-ARGO-016
#   slug: argo-auto-prune-off
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application, ApplicationSet]}
#   profiles: [recommended]
#   remediation: Set syncPolicy.automated.prune to true.
#   fix: {op: replace, path: syncPolicy/automated/prune, value: true, unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_auto_prune_off

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.at(argo.spec, "syncPolicy.automated.prune", msg) if {
	argo.automated
	not argo.automated.prune == true
	msg := sprintf("%s syncs by itself but does not prune", [argo.described])
}
