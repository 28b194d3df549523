# Chapter 4.2: the kubelet's effective settings. A flag beats the configuration file; what neither gives
# takes the default of the form in use.
package lintel.cis.v1_8

import data.lintel.cis.argv
import data.lintel.cis.defaults
import data.lintel.cis.operators
import data.lintel.cis.settings
import data.lintel.cis.sources
import data.lintel.cis.table

# Without a KubeletConfiguration in the input a kubeadm node has the one kubeadm writes.
# A kubelet is {"flags", "config", "path", "config_path", "form", "origin"}; `form` says where an absent
# setting takes its default from: "config", "flags", "k3s" or, when the configuration file is not known, "unknown".
configurations contains document if {
	some document in sources.of_kind.KubeletConfiguration
	document.path[0] == "resources"
}

# Flags that kubeadm adds for one node.
registrations contains {"flags": sources.extra_args(arguments, path), "path": path_of(document), "kind": document.doc.kind} if {
	some kind in {"InitConfiguration", "JoinConfiguration"}
	some document in sources.of_kind[kind]
	arguments := object.get(document.doc, ["nodeRegistration", "kubeletExtraArgs"], null)
	path := array.concat(document.path, ["nodeRegistration", "kubeletExtraArgs"])
}

path_of(document) := sources.nearest(document, ["nodeRegistration", "kubeletExtraArgs"])

kubelets contains kubelet if {
	some document in configurations
	count(registrations) == 0
	kubelet := {"flags": {}, "config": document.doc, "path": document.path, "config_path": document.path, "form": "config", "origin": "KubeletConfiguration", "knows_flags": false}
}

kubelets contains kubelet if {
	some document in configurations
	some registration in registrations
	kubelet := {"flags": registration.flags, "config": document.doc, "path": registration.path, "config_path": document.path, "form": "config", "origin": "KubeletConfiguration", "knows_flags": true}
}

kubelets contains kubelet if {
	count(configurations) == 0
	some registration in registrations
	kubelet := {"flags": registration.flags, "config": defaults.kubeadm_kubelet, "path": registration.path, "config_path": registration.path, "form": "config", "origin": sprintf("kubeadm %s", [registration.kind]), "knows_flags": true}
}

kubelets contains kubelet if {
	some document in sources.of_kind.K3sConfig
	path := array.concat(document.path, ["config"])
	kubelet := {"flags": sources.k3s_arguments(document, "kubelet-arg"), "config": {}, "path": path, "config_path": path, "form": "k3s", "origin": "RKE2/K3s configuration", "knows_flags": true}
}

kubelets contains kubelet if {
	some n, facts in sources.node_facts
	some p, process in object.get(facts, "processes", [])
	process.name == "kubelet"
	path := ["node_facts", n, "processes", p]
	flags := argv.flags(argv.items(process.args, array.concat(path, ["args"])))
	file := node_config(n, facts, flags)
	kubelet := {"flags": flags, "config": file.config, "path": path, "config_path": object.get(file, "path", path), "form": file.form, "origin": sprintf("kubelet process on %s", [object.get(facts, "hostname", "a node")]), "knows_flags": true}
}

node_config(n, facts, flags) := found[0] if {
	wanted := flags.config[count(flags.config) - 1].value
	found := [{"config": config.content, "path": ["node_facts", n, "configs", c, "content"], "form": "config"} |
		some c, config in object.get(facts, "configs", [])
		config.path == wanted
		is_object(config.content)
	]
} else := {"config": {}, "form": "unknown"} if {
	flags.config
} else := {"config": {}, "form": "flags"}

# A configuration file read on a node whose kubelet process was not seen.
kubelets contains kubelet if {
	some document in sources.of_kind.KubeletConfiguration
	document.path[0] == "node_facts"
	every process in object.get(sources.node_facts[document.path[1]], "processes", []) {
		process.name != "kubelet"
	}
	kubelet := {"flags": {}, "config": document.doc, "path": document.path, "config_path": document.path, "form": "config", "origin": "KubeletConfiguration of a node", "knows_flags": false}
}

# kubelet_reading(kubelet, row, i): the i-th setting of a row.
kubelet_reading(kubelet, row, i) := operators.reading_of(sprintf("--%s", [row.flags[i]]), kubelet.flags[row.flags[i]]) if {
	kubelet.flags[row.flags[i]]
} else := operators.reading_default(concat(".", row.fields[i]), argv.text(value), kubelet.config_path) if {
	kubelet.config == defaults.kubeadm_kubelet
	value := object.get(kubelet.config, row.fields[i], null)
	value != null
} else := operators.reading_field(concat(".", row.fields[i]), value, array.concat(kubelet.config_path, row.fields[i])) if {
	value := object.get(kubelet.config, row.fields[i], null)
	not value in [null, "", []]
} else := operators.reading_default(concat(".", row.fields[i]), row.config_default, kubelet.config_path) if {
	kubelet.form == "config"
	row.config_default
	not settings.all.strict
} else := operators.reading_default(sprintf("--%s", [row.flags[i]]), row.flag_default, kubelet.path) if {
	kubelet.form == "flags"
	row.flag_default
} else := operators.reading_default(sprintf("--%s", [row.flags[i]]), defaults.flags.k3s.kubelet[row.flags[i]], kubelet.path) if {
	kubelet.form == "k3s"
} else := operators.reading_unset(row_name(row, i), kubelet.config_path)

row_name(row, i) := concat(".", row.fields[i]) if row.fields[i]

row_name(row, i) := sprintf("--%s", [row.flags[i]]) if not row.fields[i]

outcomes[row.id] contains outcome if {
	some row in table.kubelet
	some kubelet in kubelets
	some i, _ in row.flags
	item := kubelet_reading(kubelet, row, i)
	not silent(kubelet, row, item)
	not bootstrap_decides(kubelet, row)
	result := operators.check(row, item, settings.all)
	outcome := {"verdict": verdict(result.ok), "path": item.path, "msg": sprintf("%s: %s", [kubelet.origin, result.why])}
}

# A source that cannot know a setting gives no verdict on it.
silent(kubelet, row, item) if {
	item.state == "unset"
	kubelet.form == "unknown"
	count(row.fields) > 0
}

silent(kubelet, row, _) if {
	count(row.fields) == 0
	not kubelet.knows_flags
}

outcomes[row.id] contains outcome if {
	some row in table.kubelet
	some kubelet in kubelets
	some i, _ in row.flags
	item := kubelet_reading(kubelet, row, i)
	silent(kubelet, row, item)
	outcome := {"verdict": "silent", "path": item.path, "msg": sprintf("%s does not show %s", [kubelet.origin, item.name])}
}

# serverTLSBootstrap makes the cluster issue and rotate the serving certificate.
bootstrap_decides(kubelet, row) if {
	row.bootstrap_suffices
	server_bootstrap(kubelet)
}

server_bootstrap(kubelet) if {
	entries := kubelet.flags["rotate-server-certificates"]
	operators.truth(entries[count(entries) - 1].value) == true
}

server_bootstrap(kubelet) if {
	not kubelet.flags["rotate-server-certificates"]
	kubelet.config.serverTLSBootstrap == true
}

outcomes[row.id] contains outcome if {
	some row in table.kubelet
	some kubelet in kubelets
	bootstrap_decides(kubelet, row)
	outcome := {"verdict": "pass", "path": kubelet.config_path, "msg": sprintf("%s: the serving certificate comes from the cluster (serverTLSBootstrap)", [kubelet.origin])}
}
