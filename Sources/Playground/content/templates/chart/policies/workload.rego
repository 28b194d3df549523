package chart

deny contains msg if {
	input.kind == "Deployment"
	input.spec.replicas < 2
	msg := sprintf("%s has one replica, so that every update is an outage", [input.metadata.name])
}

deny contains {"msg": msg, "path": path} if {
	some i, container in input.spec.template.spec.containers
	endswith(container.image, ":latest")
	msg := sprintf("the image of container %s names no version", [container.name])
	path := sprintf("spec.template.spec.containers[%d].image", [i])
}
