# Finds the command lines of the control plane in the input. A source is
# {"component", "flags", "path", "origin", "defaults"}: flags by name, where the source stands, what it is,
# and which installer's defaults apply to the flags it does not give.
package lintel.cis.sources

import data.lintel.cis.argv

# Everything to look at: documents given as resources and files read on a node, with their places.
documents contains {"doc": doc, "path": ["resources", i]} if {
	some i, doc in input.resources
	is_object(doc)
}

documents contains {"doc": config.content, "path": ["node_facts", n, "configs", c, "content"]} if {
	some n, facts in node_facts
	some c, config in object.get(facts, "configs", [])
	is_object(config.content)
}

# kubeadm keeps its configuration and the kubelets' in ConfigMaps of kube-system.
documents contains {"doc": doc, "path": ["resources", i, "data", key]} if {
	some i, map in input.resources
	map.kind == "ConfigMap"
	some prefix, key in {"kubeadm-config": "ClusterConfiguration", "kubelet-config": "kubelet"}
	startswith(map.metadata.name, prefix)
	doc := yaml.unmarshal(map.data[key])
	is_object(doc)
}

node_facts[n] := facts if {
	some n, facts in object.get(input, "node_facts", [])
	facts.kind == "NodeFacts"
}

# of_kind[kind]: the documents of a kind; the caller checks the API group where kinds collide.
of_kind[kind] contains document if {
	some document in documents
	kind := document.doc.kind
}

group(doc) := parts[0] if {
	parts := split(object.get(doc, "apiVersion", ""), "/")
	count(parts) == 2
}

group(doc) := "" if not contains(object.get(doc, "apiVersion", ""), "/")

components := {"kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"}

# Static Pods: the command line of a container that runs the component.
all contains source if {
	some document in of_kind.Pod
	some c, container in document.doc.spec.containers
	path := array.concat(document.path, ["spec", "containers", c])
	some component in components
	words := command_line(document.doc, container, component, path)
	source := {
		"component": component,
		"flags": object.union(environment(component, container, path), argv.flags(words)),
		"path": path,
		"origin": sprintf("static Pod of %s", [component]),
		"defaults": "none",
	}
}

# kubeadm: ClusterConfiguration v1beta3 (map) and v1beta4 (list).
kubeadm_fields := {
	"kube-apiserver": ["apiServer"],
	"kube-controller-manager": ["controllerManager"],
	"kube-scheduler": ["scheduler"],
	"etcd": ["etcd", "local"],
}

all contains source if {
	some document in of_kind.ClusterConfiguration
	some component, field in kubeadm_fields
	not external_etcd(component, document.doc)
	section := object_at(document.doc, field)
	source := {
		"component": component,
		"flags": object.union(
			external_client(component, document),
			extra_args(object.get(section, "extraArgs", null), array.concat(document.path, array.concat(field, ["extraArgs"]))),
		),
		"path": nearest(document, field),
		"origin": "kubeadm ClusterConfiguration",
		"defaults": kubeadm_defaults(component, section),
	}
}

kubeadm_defaults(component, section) := "kubeadm_authorization_file" if {
	component == "kube-apiserver"
	names := object.keys(extra_args(object.get(section, "extraArgs", null), []))
	"authorization-config" in names
} else := "kubeadm"

external_etcd(component, doc) if {
	component == "etcd"
	is_object(doc.etcd.external)
}

# With an external etcd kubeadm passes these files and writes none of its own.
external_client(component, document) := {flag: [{"name": flag, "value": value, "path": array.concat(document.path, ["etcd", "external", field])}] |
	component == "kube-apiserver"
	some flag, field in {"etcd-cafile": "caFile", "etcd-certfile": "certFile", "etcd-keyfile": "keyFile"}
	external := document.doc.etcd.external
	value := object.get(external, field, "")
}

# RKE2 and K3s configuration files.
k3s_keys := {
	"kube-apiserver": "kube-apiserver-arg",
	"kube-controller-manager": "kube-controller-manager-arg",
	"kube-scheduler": "kube-scheduler-arg",
	"etcd": "etcd-arg",
}

k3s_server_keys := {
	"cluster-init", "cluster-cidr", "cni", "datastore-endpoint", "disable", "disable-network-policy",
	"secrets-encryption", "service-cidr", "tls-san", "write-kubeconfig-mode",
}

all contains source if {
	some document in of_kind.K3sConfig
	some component, key in k3s_keys
	k3s_server(document.doc.config)
	not without_etcd(component, document.doc.config)
	source := {
		"component": component,
		"flags": object.union(k3s_settings(component, document), k3s_arguments(document, key)),
		"path": array.concat(document.path, ["config"]),
		"origin": "RKE2/K3s configuration",
		"defaults": "k3s",
	}
}

k3s_server(config) if {
	some key, _ in config
	trim_suffix(key, "+") in (k3s_server_keys | {name | some name in k3s_keys})
}

# K3s keeps its state in SQLite or an external database unless told to run etcd; RKE2 (`cni`) always runs it.
without_etcd(component, config) if {
	component == "etcd"
	every key, _ in config {
		not startswith(key, "etcd-")
		not key in {"cluster-init", "cni"}
	}
}

# Options that stand for flags of the API server.
k3s_settings(component, document) := {flag: [{"name": flag, "value": entry.value, "path": array.concat(document.path, entry.path)}] |
	component == "kube-apiserver"
	some flag, entry in object.union(always_encrypted(document.doc.config), k3s_options(document.doc.config))
}

k3s_options(config) := {flag: {"value": value, "path": ["config", key]} |
	some flag, key in {
		"encryption-provider-config": "secrets-encryption",
		"audit-policy-file": "audit-policy-file",
		"admission-control-config-file": "pod-security-admission-config-file",
	}
	value := argv.text(config[key])
	not value in {"false", ""}
}

# RKE2 always encrypts Secrets; these options exist in RKE2 only.
always_encrypted(config) := {"encryption-provider-config": {"value": "server/cred/encryption-config.json", "path": ["config"]}} if {
	some key in ["cni", "profile", "audit-policy-file", "pod-security-admission-config-file", "control-plane-resource-requests"]
	config[key]
} else := {}

k3s_arguments(document, key) := argv.assignments([item |
	some name in [key, sprintf("%s+", [key])]
	some item in argument_items(document.doc.config[name], array.concat(document.path, ["config", name]))
])

argument_items(value, path) := argv.items(value, path) if is_array(value)

argument_items(value, path) := [{"text": value, "path": path}] if is_string(value)

# Processes of a node.
all contains source if {
	some n, facts in node_facts
	some p, process in object.get(facts, "processes", [])
	process.name in components
	path := ["node_facts", n, "processes", p]
	source := {
		"component": process.name,
		"flags": argv.flags(argv.items(process.args, array.concat(path, ["args"]))),
		"path": path,
		"origin": sprintf("%s process on %s", [process.name, object.get(facts, "hostname", "a node")]),
		"defaults": "none",
	}
}

# etcd's own configuration file (`--config-file`): nested sections instead of flags.
all contains source if {
	some document in documents
	sections := {
		"client-transport-security": "",
		"peer-transport-security": "peer-",
	}
	some section, _ in sections
	is_object(document.doc[section])
	source := {
		"component": "etcd",
		"flags": argv.by_name([{"name": sprintf("%s%s", [prefix, key]), "value": argv.text(value), "path": array.concat(document.path, [part, key])} |
			some part, prefix in sections
			some key, value in object.get(document.doc, part, {})
		]),
		"path": document.path,
		"origin": "etcd configuration file",
		"defaults": "none",
	}
}

# A component whose settings all come from a file says nothing on its command line.
configured_elsewhere(source) if {
	source.component == "etcd"
	source.flags["config-file"]
}

# The words after the program name, where the container runs the component at all.
command_line(_, container, component, path) := array.slice(words, at + 1, count(words)) if {
	words := container_words(container, path)
	at := min([i |
		some i, word in words
		i < 4
		basename(word.text) == component
	])
	every word in array.slice(words, 0, at) {
		not argv.is_flag(word.text)
	}
} else := shell_words(scripts[0], component) if {
	words := container_words(container, path)
	basename(words[0].text) in {"sh", "bash", "dash", "ash"}
	scripts := [script |
		some script in words
		contains(script.text, component)
		regex.match(`\s`, script.text)
	]
} else := container_words(container, path) if {
	count(object.get(container, "command", [])) == 0
	argv.is_flag(container.args[0])
	regex.match(sprintf(`(^|/)%s(:|@|-amd64|$)`, [component]), object.get(container, "image", ""))
}

container_words(container, path) := array.concat(
	argv.items(list_of(object.get(container, "command", [])), array.concat(path, ["command"])),
	argv.items(list_of(object.get(container, "args", [])), array.concat(path, ["args"])),
)

list_of(value) := value if is_array(value)

list_of(value) := [] if not is_array(value)

# `sh -c "exec kube-apiserver --flag=value …"`: the words of the script all stand at its place.
shell_words(script, component) := array.slice(words, at + 1, count(words)) if {
	words := [{"text": trim(word, `"'`), "path": script.path} |
		some word in regex.split(`[\s\\]+`, script.text)
		word != ""
	]
	at := min([i | some i, word in words; basename(word.text) == component])
}

basename(text) := parts[count(parts) - 1] if parts := split(text, "/")

# etcd also reads ETCD_<FLAG> from its environment; a flag on the command line wins.
environment(component, container, path) := argv.by_name([entry |
	component == "etcd"
	some i, variable in list_of(object.get(container, "env", []))
	startswith(variable.name, "ETCD_")
	entry := {
		"name": replace(lower(substring(variable.name, 5, -1)), "_", "-"),
		"value": argv.text(variable.value),
		"path": array.concat(path, ["env", i, "value"]),
	}
])

# extra_args(value, path): kubeadm's extra arguments in either form.
extra_args(value, path) := argv.by_name([{"name": argv.normal(key), "value": argv.text(text), "path": array.concat(path, [key])} |
	some key, text in value
]) if {
	is_object(value)
}

extra_args(value, path) := argv.by_name([{"name": argv.normal(entry.name), "value": argv.text(object.get(entry, "value", "")), "path": array.concat(path, [i, "value"])} |
	some i, entry in value
]) if {
	is_array(value)
}

extra_args(value, _) := {} if {
	not is_object(value)
	not is_array(value)
}

# object_at(doc, field): the object at a path, or an empty one.
object_at(doc, field) := found if {
	found := object.get(doc, field, {})
	is_object(found)
} else := {}

# nearest(document, field): the deepest place on the way to the field that exists.
nearest(document, field) := array.concat(document.path, array.slice(field, 0, depth)) if {
	depth := max([n |
		some n in numbers.range(0, count(field))
		reaches(document.doc, array.slice(field, 0, n))
	])
}

reaches(_, field) if field == []

reaches(doc, field) if {
	field != []
	object.get(doc, field, null) != null
}

# The kubeadm defaults for a flag, minus the one a configuration file replaces.
default_flags(source) := object.get(flags_of(source.defaults), source.component, {})

flags_of(name) := data.lintel.cis.defaults.flags[name] if name != "kubeadm_authorization_file"

flags_of("kubeadm_authorization_file") := object.union(
	data.lintel.cis.defaults.flags.kubeadm,
	{"kube-apiserver": object.remove(data.lintel.cis.defaults.flags.kubeadm["kube-apiserver"], ["authorization-mode"])},
)
