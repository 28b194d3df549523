package main

import data.limits

deny contains msg if {
	input.spec.replicas > limits.replicas
	msg := sprintf("%d replicas are too many", [input.spec.replicas])
}

deny_tag contains msg if {
	some container in input.spec.template.spec.containers
	endswith(container.image, ":latest")
	msg := sprintf("%s is no fixed version", [container.image])
}

violation_owner contains {"msg": "nobody owns this", "details": {"label": "owner"}} if {
	input.kind == "Deployment"
	not input.metadata.labels.owner
}

warn contains "one copy alone" if input.spec.replicas == 1

exception contains ["tag"] if input.metadata.labels.sandbox == "yes"
