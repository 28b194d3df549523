# METADATA
# scope: package
# title: Flux refers to an object that does not exist
# description: The reconciliation fails until the source, dependency or Secret exists.
# related_resources:
# - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/
# custom:
#   id: LT-FLUX-012
#   slug: flux-dangling
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   - {group: source.toolkit.fluxcd.io, kinds: [GitRepository, OCIRepository, HelmRepository, HelmChart, Bucket]}
#   - {group: image.toolkit.fluxcd.io, kinds: [ImagePolicy, ImageUpdateAutomation, ImageRepository]}
#   - {group: notification.toolkit.fluxcd.io, kinds: [Alert, Provider, Receiver]}
#   requires: []
#   profiles: [recommended]
#   parameters:
#     externalRefs: {type: array, items: {type: string}, default: []}
#   remediation: Add the object, correct its name, or list it in externalRefs.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.gitops.flux_dangling

import data.lintel.lib.finding
import data.lintel.lib.flux
import data.lintel.lib.references
import data.lintel.lib.resource
import data.lintel.lib.world

deny contains finding.reference(place.node, "name", msg, verdict) if {
	some place in flux.source_refs
	not flux.exists(place.ref)
	not external(place.ref.name)
	verdict := missing(place.ref)
	msg := sprintf("%s uses %s %q, which does not exist", [flux.described, place.ref.kind, place.ref.name])
}

deny contains finding.reference(ref, "name", msg, verdict) if {
	some ref in input.spec.dependsOn
	not flux.exists(object.union({"kind": input.kind}, ref))
	not external(ref.name)
	verdict := missing(object.union({"kind": input.kind}, ref))
	msg := sprintf("%s depends on %s %q, which does not exist", [flux.described, input.kind, ref.name])
}

deny contains finding.reference(input.spec.providerRef, "name", msg, verdict) if {
	input.kind == "Alert"
	not flux.exists(object.union({"kind": "Provider"}, input.spec.providerRef))
	not external(input.spec.providerRef.name)
	verdict := missing(object.union({"kind": "Provider"}, input.spec.providerRef))
	msg := sprintf("%s uses Provider %q, which does not exist", [flux.described, input.spec.providerRef.name])
}

deny contains finding.reference(ref, "name", msg, verdict) if {
	some ref in secret_refs
	not data.inventory.namespace[resource.namespace].v1.Secret[ref.name]
	not ref.name in object.get(references.generated_secrets, resource.namespace, set())
	not external(ref.name)
	verdict := world.missing(resource.namespace, "", "Secret", ref.name)
	msg := sprintf("%s uses Secret %q, which does not exist", [flux.described, ref.name])
}

deny contains finding.reference(ref, "name", msg, verdict) if {
	some list in ["substituteFrom", "valuesFrom"]
	some ref in object.get(input.spec, paths[list], [])
	not ref.optional == true
	not data.inventory.namespace[resource.namespace].v1[ref.kind][ref.name]
	not external(ref.name)
	not ref.name in object.get(references.generated_secrets, resource.namespace, set())
	verdict := world.missing(resource.namespace, "", ref.kind, ref.name)
	msg := sprintf("%s reads %s %q, which does not exist", [flux.described, ref.kind, ref.name])
}

secret_refs := [ref |
	some path in [["secretRef"], ["certSecretRef"], ["verify", "secretRef"], ["decryption", "secretRef"], ["kubeConfig", "secretRef"]]
	ref := object.get(input.spec, path, null)
	is_object(ref)
]

paths := {"substituteFrom": ["postBuild", "substituteFrom"], "valuesFrom": ["valuesFrom"]}

missing(ref) := world.missing(object.get(ref, "namespace", resource.namespace), flux.groups[ref.kind], ref.kind, ref.name)

external(name) if name in data.parameters["LT-FLUX-012"].externalRefs
