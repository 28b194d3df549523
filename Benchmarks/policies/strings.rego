# Strings and regular expressions: image references taken apart, names, labels and arguments matched.
package bench

containers := input.request.object.spec.containers

invalid contains c.name if {
	some c in containers
	not regex.match(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?$`, c.name)
}

reference contains {"registry": registry, "repository": repository, "tag": tag} if {
	some c in containers
	path := split(c.image, "/")
	registry := path[0]
	last := split(path[count(path) - 1], ":")
	repository := concat("/", array.concat(array.slice(path, 1, count(path) - 1), [last[0]]))
	tag := trim_prefix(last[1], "v")
}

secrets contains lower(name) if {
	some c in containers
	some argument in c.args
	regex.match(`(?i)^--(password|token|secret)[a-z-]*=.+`, argument)
	name := replace(trim_left(split(argument, "=")[0], "-"), "-", "_")
}

report := {"invalid": invalid, "tags": {upper(r.tag) | some r in reference}, "secrets": secrets, "count": count(reference)}
