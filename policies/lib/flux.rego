# Flux sources, reconciliations and their references.
package lintel.lib.flux

import data.lintel.lib.bundle
import data.lintel.lib.inventory
import data.lintel.lib.resource

# described names the reviewed object in a message.
described := sprintf("%s %q", [input.kind, resource.name])

groups := {
	"GitRepository": "source.toolkit.fluxcd.io",
	"OCIRepository": "source.toolkit.fluxcd.io",
	"HelmRepository": "source.toolkit.fluxcd.io",
	"HelmChart": "source.toolkit.fluxcd.io",
	"Bucket": "source.toolkit.fluxcd.io",
	"ExternalArtifact": "source.toolkit.fluxcd.io",
	"Kustomization": "kustomize.toolkit.fluxcd.io",
	"HelmRelease": "helm.toolkit.fluxcd.io",
	"ImageRepository": "image.toolkit.fluxcd.io",
	"Provider": "notification.toolkit.fluxcd.io",
}

# source_refs lists {"node", "field", "ref"} of every reference to another Flux object.
source_refs := [place |
	some path in [["spec", "sourceRef"], ["spec", "chartRef"], ["spec", "chart", "spec", "sourceRef"], ["spec", "imageRepositoryRef"]]
	ref := object.get(input, path, null)
	is_object(ref)
	place := {"node": ref, "field": "name", "ref": object.union({"kind": default_kind[path[count(path) - 1]]}, ref)}
]

default_kind := {"sourceRef": "GitRepository", "chartRef": "HelmChart", "imageRepositoryRef": "ImageRepository"}

# exists holds when the referenced Flux object is in the input.
exists(ref) if bundle.exists(object.get(ref, "namespace", resource.namespace), groups[ref.kind], ref.kind, ref.name)

# kustomizations of the whole input.
kustomizations := [object |
	some namespace, _ in data.inventory.namespace
	some object in inventory.namespaced(namespace, "kustomize.toolkit.fluxcd.io", "Kustomization")
]
