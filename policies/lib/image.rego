# Image references, read as the container runtime reads them.
package lintel.lib.image

import data.lintel.lib.resource

# by_reference holds the parts of every image the Pod template uses.
by_reference := {c.image: parse(c.image) |
	some c in resource.containers
	is_string(c.image)
}

# parse splits "registry/repository:tag@digest"; registry and "library/" are filled in as
# Docker does, tag and digest stay empty when they are not written.
parse(reference) := {
	"registry": parts.registry,
	"repository": parts.repository,
	"name": concat("/", [parts.registry, parts.repository]),
	"tag": tag,
	"digest": digest,
} if {
	pieces := split(reference, "@")
	digest := concat("@", array.slice(pieces, 1, count(pieces)))
	path := split(pieces[0], "/")
	last := split(path[count(path) - 1], ":")
	tag := concat(":", array.slice(last, 1, count(last)))
	parts := locate(array.concat(array.slice(path, 0, count(path) - 1), [last[0]]))
}

locate(path) := {"registry": path[0], "repository": concat("/", array.slice(path, 1, count(path)))} if {
	count(path) > 1
	is_host(path[0])
	not docker_hub[path[0]]
} else := {"registry": "docker.io", "repository": hub_repository(array.slice(path, 1, count(path)))} if {
	count(path) > 1
	docker_hub[path[0]]
} else := {"registry": "docker.io", "repository": hub_repository(path)}

docker_hub := {"docker.io", "index.docker.io", "registry-1.docker.io"}

hub_repository(path) := concat("/", ["library", path[0]]) if {
	count(path) == 1
} else := concat("/", path)

is_host("localhost")

is_host(text) if contains(text, ".")

is_host(text) if contains(text, ":")

# within holds when a repository name equals a prefix or lies below it, by whole path segments.
within(name, prefix) if name == trim_suffix(prefix, "/")

within(name, prefix) if startswith(name, concat("", [trim_suffix(prefix, "/"), "/"]))

# matches compares a written reference to a pattern: equal, or a prefix when it ends in "*".
matches(reference, pattern) if reference == pattern

matches(reference, pattern) if {
	endswith(pattern, "*")
	startswith(reference, trim_suffix(pattern, "*"))
}

# exempt holds for a container whose image one of the patterns matches.
exempt(container, patterns) if {
	some pattern in patterns
	matches(container.image, pattern)
}
