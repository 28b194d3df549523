# METADATA
# scope: package
# title: Flux leaves deleted objects behind
# description: Without prune, what is removed from Git keeps running in the cluster.
# related_resources:
# - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
# custom:
#   id: LT-FLUX-007
#   slug: flux-prune-off
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   profiles: [recommended]
#   remediation: Set spec.prune to true.
#   fix: {op: add, path: spec/prune, value: true, unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.flux_prune_off

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.at(input, "spec.prune", msg) if {
	not input.spec.prune == true
	msg := sprintf("%s does not prune", [flux.described])
}
