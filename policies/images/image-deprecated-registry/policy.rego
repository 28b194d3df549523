# METADATA
# scope: package
# title: Image comes from a frozen registry
# description: Frozen registries get no fixes and may be switched off; k8s.gcr.io has been frozen since April 2023.
# related_resources:
# - ref: https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/
# custom:
#   id: LT-IMG-005
#   slug: image-deprecated-registry
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod, image]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     registries: {type: array, items: {type: string}, default: [k8s.gcr.io, gcr.io/google_containers, gcr.io/google-containers, docker.io/bitnamilegacy, quay.io/coreos/etcd-operator], description: "Registries or repositories that get no updates."}
#   remediation: "Use the registry that followed, for Kubernetes images registry.k8s.io."
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.images.image_deprecated_registry

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(c, "image", msg), [{"op": "replace", "path": "/image", "value": concat("", ["registry.k8s.io", substring(c.image, count(registry), -1)]), "unsafe": true} |
	registry in {"k8s.gcr.io", "gcr.io/google_containers", "gcr.io/google-containers"}
	startswith(c.image, concat("", [registry, "/"]))
]) if {
	some c in resource.containers
	name := image.by_reference[c.image].name
	some registry in data.parameters["LT-IMG-005"].registries
	image.within(name, registry)
	msg := sprintf("%s uses image %q from the frozen registry %s", [resource.describe(c), c.image, registry])
}
