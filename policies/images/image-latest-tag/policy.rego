# METADATA
# scope: package
# title: Image has no tag or a floating one
# description: "Without a fixed tag every start may run another program, and a rollback brings nothing back."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   id: LT-IMG-001
#   slug: image-latest-tag
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
#     disallowedTags: {type: array, items: {type: string}, default: [latest], description: "Tags that count as floating, compared exactly."}
#     allowDigestOnly: {type: boolean, default: true, description: "Accept any reference that carries a digest."}
#     exemptImages: {type: array, items: {type: string}, default: [], description: "Images left alone; a trailing * matches any ending."}
#     versions: {type: object, additionalProperties: {type: string}, default: {}, description: "Images that lintel fix puts in, by the image as it is written."}
#   remediation: "Name the version as a tag, or better pin the image by digest."
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["POD-3"]
#     mitre-attack: ["T1204.003", "T1525"]
#     soc2-2017: ["CC8.1"]
package lintel.images.image_latest_tag

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(c, "image", msg), [{"op": "replace", "path": "/image", "value": version, "unsafe": true} |
	version := data.parameters["LT-IMG-001"].versions[c.image]
]) if {
	some c in resource.containers
	not templated(c.image)
	problem := floating(image.by_reference[c.image])
	not exempt(c)
	msg := sprintf("%s uses image %q %s", [resource.describe(c), c.image, problem])
}

floating(parts) := sprintf("with the floating tag %q", [parts.tag]) if {
	not pinned(parts)
	parts.tag in data.parameters["LT-IMG-001"].disallowedTags
} else := "without a tag, which means latest" if {
	parts.tag == ""
	not pinned(parts)
} else := "without a tag" if {
	parts.tag == ""
	data.parameters["LT-IMG-001"].allowDigestOnly == false
}

# "<image_url>" and "$(IMAGE)" are filled in later.
templated(text) if regex.match(`[<>{}$]`, text)

pinned(parts) if {
	parts.digest != ""
	data.parameters["LT-IMG-001"].allowDigestOnly == true
}

pinned(parts) if {
	parts.digest != ""
	parts.tag == ""
}

exempt(c) if image.exempt(c, data.parameters["LT-IMG-001"].exemptImages)
