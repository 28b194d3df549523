# METADATA
# scope: package
# title: Flux variable is defined nowhere
# description: An undefined variable becomes empty text in the applied object, also inside scripts that were not meant to be substituted.
# related_resources:
# - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
# custom:
#   id: LT-FLUX-016
#   slug: flux-substitution-undefined
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: heuristic
#   scope: bundle
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   requires: []
#   profiles: []
#   remediation: Define the variable, give it a default, or annotate the object with kustomize.toolkit.fluxcd.io/substitute disabled.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.flux_substitution_undefined

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.at(input, "spec.postBuild", msg) if {
	is_object(input.spec.postBuild)
	not unknown_source
	undefined := used - defined
	count(undefined) > 0
	msg := sprintf("no Kustomization defines the variables %s", [concat(", ", undefined)])
}

used contains match[1] if {
	some versions in data.inventory.namespace
	some api, kinds in versions
	api != "kustomize.toolkit.fluxcd.io/v1"
	some objects in kinds
	some candidate in objects
	not candidate.metadata.annotations["kustomize.toolkit.fluxcd.io/substitute"] == "disabled"
	walk(candidate, [_, text])
	is_string(text)
	contains(text, "${")
	some match in regex.find_all_string_submatch_n(`(?:^|[^$])\$\{([A-Za-z_][A-Za-z0-9_]*)\}`, text, 100)
}

defined contains name if {
	some owner in flux.kustomizations
	some name, _ in owner.spec.postBuild.substitute
}

defined contains name if {
	some owner in flux.kustomizations
	some ref in owner.spec.postBuild.substituteFrom
	some field in ["data", "stringData"]
	some name, _ in data.inventory.namespace[owner.metadata.namespace].v1[ref.kind][ref.name][field]
}

# Of values that come from outside the input nothing is known.
unknown_source if {
	some owner in flux.kustomizations
	some ref in owner.spec.postBuild.substituteFrom
	not data.inventory.namespace[owner.metadata.namespace].v1[ref.kind][ref.name]
}
