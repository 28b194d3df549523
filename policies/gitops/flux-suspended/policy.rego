# METADATA
# scope: package
# title: Flux object is suspended
# description: Suspension is meant for an emergency; committed, it stops reconciliation for good.
# related_resources:
# - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/#suspend
# custom:
#   id: LT-FLUX-014
#   slug: flux-suspended
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   - {group: source.toolkit.fluxcd.io, kinds: [GitRepository, OCIRepository, HelmRepository, HelmChart, Bucket]}
#   - {group: image.toolkit.fluxcd.io, kinds: [ImageRepository, ImagePolicy, ImageUpdateAutomation]}
#   - {group: notification.toolkit.fluxcd.io, kinds: [Alert, Provider, Receiver]}
#   profiles: [recommended]
#   remediation: Remove spec.suspend.
#   fix: {op: remove, path: spec/suspend, unsafe: true}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.flux_suspended

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.at(input, "spec.suspend", msg) if {
	input.spec.suspend == true
	msg := sprintf("%s is suspended", [flux.described])
}
