package images

deny contains {"msg": msg, "path": path} if {
	some i, container in input.spec.containers
	not startswith(container.image, "registry.example.com/")
	msg := sprintf("the image of container %s is not of the registry", [container.name])
	path := sprintf("spec.containers[%d].image", [i])
}
