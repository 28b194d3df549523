# METADATA
# scope: package
# title: Image comes from a registry not allowed
# description: "Images from unknown registries bypass scanning and may vanish or change. Names are compared by whole path segments, docker.io/library/ filled in."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   id: LT-IMG-004
#   slug: image-registry
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod, image]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedRepos: {type: array, items: {type: string}, default: [], description: "Registries or repositories accepted; an empty list accepts all."}
#     deniedRepos: {type: array, items: {type: string}, default: [], description: "Registries or repositories refused, whatever is allowed."}
#     exemptImages: {type: array, items: {type: string}, default: [], description: "Images left alone; a trailing * matches any ending."}
#   remediation: "Use an image from an allowed registry, or copy it there."
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.5.1"]
#     nsa-cisa-1.2: ["POD-3"]
#     mitre-attack: ["T1204.003", "T1525"]
#     soc2-2017: ["CC6.8", "CC8.1"]
package lintel.images.image_registry

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.at(c, "image", msg) if {
	some c in resource.containers
	problem := refusal(image.by_reference[c.image].name)
	not exempt(c)
	msg := sprintf("%s uses image %q: %s", [resource.describe(c), c.image, problem])
}

refusal(name) := sprintf("%s is refused by the deny list", [name]) if {
	listed(name, "deniedRepos")
} else := sprintf("%s is not on the list of allowed repositories", [name]) if {
	count(data.parameters["LT-IMG-004"].allowedRepos) > 0
	not listed(name, "allowedRepos")
}

listed(name, list) if {
	some prefix in data.parameters["LT-IMG-004"][list]
	image.within(name, prefix)
}

exempt(c) if image.exempt(c, data.parameters["LT-IMG-004"].exemptImages)
