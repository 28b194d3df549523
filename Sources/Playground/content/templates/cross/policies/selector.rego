# METADATA
# title: A Service selects pods that exist
# custom:
#   severity: medium
#   scope: bundle
#   targets:
#   - {group: "", kinds: [Service]}
package wiring

deny contains {"msg": msg, "path": "spec.selector"} if {
	count(input.spec.selector) > 0
	not selects_something
	msg := sprintf("no Deployment of namespace %s has the labels that Service %s selects", [namespace, input.metadata.name])
}

namespace := object.get(input.metadata, "namespace", "default")

selects_something if {
	some deployment in data.inventory.namespace[namespace]["apps/v1"].Deployment
	every key, value in input.spec.selector {
		deployment.spec.template.metadata.labels[key] == value
	}
}
