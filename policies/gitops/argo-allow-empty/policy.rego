# METADATA
# scope: package
# title: An empty render may delete everything
# description: With allowEmpty and prune, a typing error that renders nothing removes every object of the Application.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-pruning-with-allow-empty-v18
# custom:
#   id: LT-ARGO-018
#   slug: argo-allow-empty
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application, ApplicationSet]}
#   profiles: [recommended]
#   remediation: Remove syncPolicy.automated.allowEmpty.
#   fix: {op: remove, path: syncPolicy/automated/allowEmpty, unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.gitops.argo_allow_empty

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.at(argo.spec, "syncPolicy.automated.allowEmpty", msg) if {
	argo.automated.allowEmpty == true
	argo.automated.prune == true
	msg := sprintf("%s deletes everything when its render is empty", [argo.described])
}
