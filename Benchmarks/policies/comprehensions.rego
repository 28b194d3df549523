# Comprehensions of every kind, nested and grouped, over 100 containers.
package bench

containers := input.request.object.spec.containers

images := {c.image | some c in containers}

by_image := {image: names |
	some image in images
	names := {c.name | some c in containers; c.image == image}
}

ports := [port.containerPort | some c in containers; some port in c.ports]

limits := {c.name: c.resources.limits.memory | some c in containers}

shared := {image | some image, names in by_image; count(names) > 1}

report := {
	"images": count(images),
	"shared": count(shared),
	"ports": sum(ports),
	"limits": count(limits),
	"unlimited": [c.name | some c in containers; not limits[c.name]],
}
