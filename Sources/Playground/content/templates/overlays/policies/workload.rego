package overlays

deny contains msg if {
	input.kind == "Deployment"
	input.metadata.namespace == "prod"
	input.spec.replicas < 3
	msg := sprintf("%s needs three replicas in production", [input.metadata.name])
}

warn contains {"msg": msg, "path": path} if {
	some i, container in input.spec.template.spec.containers
	not container.resources.limits.memory
	msg := sprintf("container %s may take all memory of its node", [container.name])
	path := sprintf("spec.template.spec.containers[%d].resources.limits.memory", [i])
}
