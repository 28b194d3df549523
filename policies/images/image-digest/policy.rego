# METADATA
# scope: package
# title: Image is not pinned by digest
# description: A tag can be moved to another image; only a digest guarantees that what was reviewed is what runs.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   id: LT-IMG-002
#   slug: image-digest
#   aliases: [image-hard-coded-tag]
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod, image]
#   profiles: [hardening, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     exemptImages: {type: array, items: {type: string}, default: [], description: "Images left alone; a trailing * matches any ending."}
#     digests: {type: object, additionalProperties: {type: string, pattern: "^sha256:[0-9a-f]{64}$"}, default: {}, description: "Digests that lintel fix pins, by the image as it is written."}
#   remediation: "Append @sha256:... to the image reference, for example with the help of an update bot."
#   fix: {rule: deny}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.5.1"]
#     nsa-cisa-1.2: ["POD-3"]
#     mitre-attack: ["T1204.003", "T1525"]
#     soc2-2017: ["CC8.1"]
package lintel.images.image_digest

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(c, "image", msg), [{"op": "replace", "path": "/image", "value": concat("@", [c.image, digest])} |
	digest := data.parameters["LT-IMG-002"].digests[c.image]
]) if {
	some c in resource.containers
	parts := image.by_reference[c.image]
	not sha256(parts.digest)
	not exempt(c)
	msg := sprintf("%s uses image %q, which is not pinned by a sha256 digest", [resource.describe(c), c.image])
}

sha256(digest) if regex.match(`^sha256:[0-9a-f]{64}$`, digest)

exempt(c) if image.exempt(c, data.parameters["LT-IMG-002"].exemptImages)
