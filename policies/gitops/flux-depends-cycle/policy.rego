# METADATA
# scope: package
# title: Flux dependencies go in a circle
# description: Objects that wait for each other are never applied; a HelmRelease cannot wait for a Kustomization either.
# related_resources:
# - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies
# custom:
#   id: LT-FLUX-013
#   slug: flux-depends-cycle
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   requires: []
#   profiles: [recommended]
#   remediation: Remove one of the dependencies.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.gitops.flux_depends_cycle

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.flux
import data.lintel.lib.resource

deny contains finding.at(input, sprintf("spec.dependsOn[%d]", [index]), msg) if {
	some index, ref in input.spec.dependsOn
	next := node(input.kind, target_namespace(input, ref), ref.name)
	node(input.kind, resource.namespace, resource.name) in graph.reachable(edges, {next})
	msg := sprintf("%s waits for %q, which waits for it", [flux.described, ref.name])
}

deny contains finding.at(input, sprintf("spec.dependsOn[%d]", [index]), msg) if {
	some index, ref in input.spec.dependsOn
	namespace := target_namespace(input, ref)
	not edges[node(input.kind, namespace, ref.name)]
	some other, group in {"Kustomization": "kustomize.toolkit.fluxcd.io", "HelmRelease": "helm.toolkit.fluxcd.io"}
	other != input.kind
	bundle.exists(namespace, group, other, ref.name)
	msg := sprintf("%s cannot wait for the %s %q", [flux.described, other, ref.name])
}

edges[node(kind, namespace, name)] := {node(kind, target_namespace(owner, ref), ref.name) | some ref in owner.spec.dependsOn} if {
	some kind, api in {"Kustomization": "kustomize.toolkit.fluxcd.io/v1", "HelmRelease": "helm.toolkit.fluxcd.io/v2"}
	some namespace, versions in data.inventory.namespace
	some name, owner in versions[api][kind]
}

node(kind, namespace, name) := sprintf("%s/%s/%s", [kind, namespace, name])

target_namespace(owner, ref) := object.get(ref, "namespace", object.get(owner.metadata, "namespace", "default"))
