# METADATA
# scope: package
# title: Image is not pulled at every start
# description: "With IfNotPresent or Never a node keeps an outdated image behind a moved tag, and starts Pods without checking the pull credentials."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   id: LT-IMG-003
#   slug: image-pull-policy
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod, image]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowWithDigest: {type: boolean, default: true, description: "Accept any pull policy for images pinned by digest."}
#   remediation: "Set imagePullPolicy to Always, or pin the image by digest."
#   fix: {op: add, path: imagePullPolicy, value: Always}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["1.2.11"]
#     nsa-cisa-1.2: ["POD-3"]
#     mitre-attack: ["T1525"]
#     soc2-2017: ["CC6.1"]
package lintel.images.image_pull_policy

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.at(c, "imagePullPolicy", msg) if {
	some c in resource.containers
	parts := image.by_reference[c.image]
	policy := effective_policy(c, parts)
	policy != "Always"
	not accepted(parts)
	msg := sprintf("%s pulls image %q with policy %s", [resource.describe(c), c.image, policy])
}

# An empty policy means Always for latest and for images without tag and digest, else IfNotPresent.
effective_policy(c, parts) := c.imagePullPolicy if {
	is_string(c.imagePullPolicy)
	c.imagePullPolicy != ""
} else := "Always" if {
	pulled_always(parts)
} else := "IfNotPresent"

pulled_always(parts) if parts.tag == "latest"

pulled_always(parts) if {
	parts.tag == ""
	parts.digest == ""
}

accepted(parts) if {
	parts.digest != ""
	data.parameters["LT-IMG-003"].allowWithDigest == true
}
