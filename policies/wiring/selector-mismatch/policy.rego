# METADATA
# scope: package
# title: Selector does not fit its own Pod template
# description: The API server refuses a workload whose selector does not select its own Pods.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector
# custom:
#   id: LT-REF-001
#   slug: selector-mismatch
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [reliability]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: apps, kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet]}
#   profiles: [recommended]
#   remediation: Give the Pod template every label of spec.selector.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.selector_mismatch

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.selector

# The API server of apps/v1beta1 took the selector from the template. A template without labels or image
# is a part of a kustomization, which adds the rest.
deny contains finding.at(input, "spec.selector", msg) if {
	not chooses
	count(resource.pod_labels) > 0
	some c in resource.regular_containers
	is_string(c.image)
	not resource.version == "v1beta1"
	msg := sprintf("%s %q has no selector", [input.kind, resource.name])
}

deny contains finding.fixed(finding.at(input, sprintf("spec.selector.matchLabels[%q]", [key]), msg), [{"op": "add", "path": sprintf("/spec/template/metadata/labels/%s", [replace(key, "/", "~1")]), "value": value, "unsafe": true}]) if {
	some key, value in selector.pairs(chosen)
	not resource.pod_labels[key] == value
	msg := sprintf("selector label %s=%v of %s %q is not on its Pod template", [key, value, input.kind, resource.name])
}

deny contains finding.at(chosen, sprintf("matchExpressions[%d]", [index]), msg) if {
	some index, term in selector.terms(chosen)
	not selector.fits(term, resource.pod_labels)
	msg := sprintf("selector term on %v of %s %q does not fit its Pod template", [term.key, input.kind, resource.name])
}

chosen := input.spec.selector

chooses if count(chosen.matchLabels) > 0

chooses if count(chosen.matchExpressions) > 0
