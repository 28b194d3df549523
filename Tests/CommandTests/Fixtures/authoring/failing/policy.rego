package shop

default limit := 2

limit := input.limit

deny contains msg if {
	input.spec.replicas < limit
	msg := sprintf("%s has %d replicas", [input.metadata.name, input.spec.replicas])
}

deny contains msg if {
	some container in input.spec.containers
	untagged(container.image)
	msg := sprintf("container %s takes any version", [container.name])
}

untagged(image) if not contains(image, ":")

labels := {key | some key, _ in input.metadata.labels}

names := [container.name | some container in input.spec.containers]

owner := input.metadata.labels.team

summary := {"name": input.metadata.name, "replicas": input.spec.replicas, "labels": labels}
