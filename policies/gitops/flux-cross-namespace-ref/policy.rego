# METADATA
# scope: package
# title: Flux object refers to another namespace
# description: With shared namespaces one tenant uses the sources and credentials of another; locked-down installations refuse it.
# related_resources:
# - ref: https://fluxcd.io/flux/installation/configuration/multitenancy/
# custom:
#   id: LT-FLUX-005
#   slug: flux-cross-namespace-ref
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   - {group: image.toolkit.fluxcd.io, kinds: [ImagePolicy, ImageUpdateAutomation]}
#   - {group: notification.toolkit.fluxcd.io, kinds: [Alert]}
#   profiles: [recommended]
#   parameters:
#     allowedNamespaces: {type: array, items: {type: string}, default: [flux-system]}
#   remediation: Keep the source in the namespace of the object that uses it.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2", "NET-1"]
#     soc2-2017: ["CC6.3"]
package lintel.gitops.flux_cross_namespace_ref

import data.lintel.lib.finding
import data.lintel.lib.flux
import data.lintel.lib.resource

deny contains finding.at(ref, "namespace", msg) if {
	some ref in references
	foreign(ref)
	msg := sprintf("%s refers to %s in namespace %q", [flux.described, name_of(ref), ref.namespace])
}

references := array.concat([place.node | some place in flux.source_refs], array.concat(
	[ref | some ref in input.spec.dependsOn],
	[ref | some ref in input.spec.eventSources],
))

foreign(ref) if {
	ref.namespace != ""
	ref.namespace != resource.namespace
	not ref.namespace in data.parameters["LT-FLUX-005"].allowedNamespaces
}

name_of(ref) := sprintf("%s %v", [object.get(ref, "kind", input.kind), object.get(ref, "name", "")])
