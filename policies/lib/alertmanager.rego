# Alertmanager configurations, wherever they are kept: raw files, the AlertmanagerConfig kind,
# Helm values, and as text inside Secrets and ConfigMaps.
package lintel.lib.alertmanager

import data.lintel.lib.secrets

# documents lists {"config", "holder", "field"}: `holder` is null when `config` itself is part of
# the input; otherwise the text stands in the field of the holder.
documents := array.concat(direct, embedded)

direct := [{"config": config, "holder": null, "field": ""} |
	config := direct_configs[_]
	is_object(config)
]

direct_configs := [input.config] if {
	input.kind == "AlertmanagerConfigFile"
} else := [input.spec] if {
	input.kind == "AlertmanagerConfig"
} else := [input.values.alertmanager.config, input.values.config] if {
	input.kind == "HelmValues"
	input.values.alertmanager.config
	input.values.config
} else := [input.values.alertmanager.config] if {
	input.kind == "HelmValues"
	input.values.alertmanager.config
} else := [input.values.config] if {
	input.kind == "HelmValues"
	is_array(input.values.config.receivers)
} else := []

embedded := [{"config": config, "holder": input[block], "field": sprintf("[%q]", [key])} |
	input.kind in {"Secret", "ConfigMap"}
	some block in ["data", "stringData"]
	some key, value in input[block]
	is_string(value)
	named_as_config(key)
	text := text_of(block, value)
	contains(text, "receivers:")
	yaml.is_valid(text)
	config := yaml.unmarshal(text)
	is_config(config)
]

# Other programs have receivers too; those of Alertmanager are a list.
is_config(config) if {
	is_object(config)
	is_array(config.receivers)
}

named_as_config(key) if endswith(key, ".yaml")

named_as_config(key) if endswith(key, ".yml")

text_of("data", value) := secrets.plain(value) if {
	input.kind == "Secret"
} else := value

text_of("stringData", value) := value

# objects lists every object of every configuration with its path and its document.
objects := [{"path": path, "node": node, "document": document} |
	some document in documents
	walk(document.config, [path, node])
	is_object(node)
]

# holder and place are the node and field of a key: exact, or the text that holds the configuration.
holder(entry) := entry.node if {
	entry.document.holder == null
} else := entry.document.holder

place(entry, key) := sprintf("[%q]", [key]) if {
	entry.document.holder == null
} else := entry.document.field

# receivers lists the receivers of a configuration.
receivers(config) := [receiver | some receiver in config.receivers; is_object(receiver)]
