# CustomResourceDefinitions of the input.
package lintel.lib.crds

import data.lintel.lib.inventory

# versions holds what a definition says of each version, by group, kind and version name.
versions[group][kind][version.name] contains version if {
	some crd in inventory.cluster("apiextensions.k8s.io", "CustomResourceDefinition")
	group := crd.spec.group
	kind := crd.spec.names.kind
	some version in crd.spec.versions
}
