package image

# The tag of an image; "latest" when it names neither tag nor digest.
tag(image) := "latest" if {
	not contains(image, "@")
	not contains(last_part(image), ":")
} else := split(last_part(image), ":")[1] if {
	not contains(image, "@")
}

last_part(image) := parts[count(parts) - 1] if parts := split(image, "/")

deny contains msg if {
	some container in input.spec.containers
	tag(container.image) == "latest"
	msg := sprintf("container %q has no fixed version", [container.name])
}
