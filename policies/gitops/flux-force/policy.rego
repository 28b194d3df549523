# METADATA
# scope: package
# title: Flux may recreate stateful objects
# description: force deletes and creates what cannot be changed in place; claims and StatefulSets lose their data or stop serving.
# related_resources:
# - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/#force
# custom:
#   id: LT-FLUX-009
#   slug: flux-force
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   requires: [PersistentVolumeClaim, apps/StatefulSet]
#   profiles: [recommended]
#   remediation: Remove force, and use the annotation on the single object that needs it.
#   fix: {op: remove, path: ., unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.gitops.flux_force

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.at(input, field, msg) if {
	some field in ["spec.force", "spec.upgrade.force"]
	object.get(input, split(field, "."), false) == true
	msg := sprintf("%s recreates objects, stateful ones among them (%s)", [flux.described, field])
}
