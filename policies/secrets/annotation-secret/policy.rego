# METADATA
# scope: package
# title: Credential kept in an annotation
# description: Annotations are readable by everybody who may read the object, and tools copy them; the one that kubectl apply leaves holds the whole object.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
# custom:
#   id: LT-SEC-014
#   slug: annotation-secret
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [secrets]
#   confidence: heuristic
#   scope: object
#   targets: ["*"]
#   profiles: [recommended]
#   parameters:
#     allowNames: {type: array, items: {type: string}, default: []}
#   remediation: Move the value to a Secret that is not committed, and remove the annotation.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.annotation_secret

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.secrets

deny contains finding.secret(holder.node, sprintf("annotations[%q]", [key]), find, msg) if {
	some holder in holders
	some key, value in holder.node.annotations
	is_string(value)
	not key in data.parameters["LT-SEC-014"].allowNames
	find := exposed(key, value)
	msg := sprintf("annotation %q of %s holds a readable credential", [key, holder.name])
}

holders := array.concat(
	[{"node": input.metadata, "name": sprintf("%s %q", [input.kind, resource.name])} | is_object(input.metadata.annotations)],
	[{"node": resource.pod_metadata, "name": "the Pod template"} |
		not resource.is_pod
		is_object(resource.pod_metadata.annotations)
	],
)

# What kubectl leaves of a Secret is its data.
exposed(key, value) := {"value": value, "line": 0} if {
	key == "kubectl.kubernetes.io/last-applied-configuration"
	input.kind == "Secret"
	applied := json.unmarshal(value)
	some block in ["data", "stringData"]
	count(applied[block]) > 0
} else := {"value": value, "line": 0} if {
	secrets.sensitive(key, value)
} else := sort(secrets.found(value))[0]
