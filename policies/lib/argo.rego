# Argo CD Applications, ApplicationSets and AppProjects.
package lintel.lib.argo

import data.lintel.lib.inventory
import data.lintel.lib.resource

in_cluster := "https://kubernetes.default.svc"

# spec is what an Application says, or the template of an ApplicationSet.
spec := input.spec.template.spec if {
	input.kind == "ApplicationSet"
} else := input.spec

sources := array.concat(
	[spec.source | is_object(spec.source)],
	[source | some source in spec.sources; is_object(source)],
)

# described names the reviewed object in a message.
described := sprintf("%s %q", [input.kind, resource.name])

automated := spec.syncPolicy.automated if {
	is_object(spec.syncPolicy.automated)
	not spec.syncPolicy.automated.enabled == false
}

# templated holds for text that an ApplicationSet fills in.
templated(text) if contains(text, "{{")

# production holds when the name, project or destination contains the mark ("" means always).
production(mark) if mark == ""

production(mark) if {
	mark != ""
	some text in names
	contains(text, mark)
}

names contains resource.name

names contains spec.project

names contains spec.destination.name

names contains spec.destination.namespace

# applications and projects of the input, whatever their namespace.
applications := [application |
	some namespace, _ in data.inventory.namespace
	some application in inventory.namespaced(namespace, "argoproj.io", "Application")
]

projects[name] contains project if {
	some namespace, _ in data.inventory.namespace
	some project in inventory.namespaced(namespace, "argoproj.io", "AppProject")
	name := project.metadata.name
}

# own_projects are the projects the reviewed Application belongs to; several when they share a name.
own_projects := object.get(projects, object.get(spec, "project", "default"), set())

# destination is the target of an Application with server and name both filled in where known.
destination(target) := {"server": in_cluster, "name": "in-cluster", "namespace": namespace_of(target)} if {
	target.name == "in-cluster"
} else := {"server": in_cluster, "name": "in-cluster", "namespace": namespace_of(target)} if {
	target.server == in_cluster
} else := {"server": object.get(target, "server", ""), "name": object.get(target, "name", ""), "namespace": namespace_of(target)}

namespace_of(target) := object.get(target, "namespace", "")

# fits compares as Argo CD does: "*" alone fits everything.
fits("*", _, _)

fits(pattern, delimiters, text) if {
	pattern != "*"
	glob.match(pattern, delimiters, text)
}

# normal is a repository address as Argo CD compares them (NormalizeGitURL): `git@host:team/app.git` is `ssh://git@host/team/app`.
normal(address) := trim_prefix(trim_suffix(with_slash(lower(trim_space(address))), ".git"), "ssh://")

with_slash(address) := regex.replace(address, `^([^/:@]*@[^@:]+):`, `$1/`)
