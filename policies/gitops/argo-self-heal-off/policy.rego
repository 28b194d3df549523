# METADATA
# scope: package
# title: Automated sync does not undo drift
# description: Without self-heal, changes made by hand stay until the next commit.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-self-healing
# custom:
#   id: LT-ARGO-017
#   slug: argo-self-heal-off
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application, ApplicationSet]}
#   profiles: [recommended]
#   remediation: Set syncPolicy.automated.selfHeal to true.
#   fix: {op: replace, path: syncPolicy/automated/selfHeal, value: true, unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_self_heal_off

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.at(argo.spec, "syncPolicy.automated.selfHeal", msg) if {
	argo.automated
	not argo.automated.selfHeal == true
	msg := sprintf("%s syncs by itself but does not undo drift", [argo.described])
}
