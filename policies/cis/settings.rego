package lintel.cis.settings

import data.lintel.cis.defaults
import data.lintel.cis.sources

# The parameters in force: defaults under what the input gives.
all := object.union(defaults.settings, object.get(input, "settings", {}))

exempt(namespace) if namespace in all.exemptNamespaces

# Target minor version: the parameter, else the oldest ClusterConfiguration.kubernetesVersion.
minor := to_number(parts[1]) if {
	parts := split(all.kubernetesVersion, ".")
	count(parts) > 1
} else := min(found) if {
	found := {to_number(parts[1]) |
		some document in sources.of_kind.ClusterConfiguration
		parts := split(object.get(document.doc, "kubernetesVersion", ""), ".")
		count(parts) > 1
		regex.match(`^[0-9]+$`, parts[1])
	}
	count(found) > 0
} else := 0
