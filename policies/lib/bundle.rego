# Indexes over all objects of the input. No rule here reads `input`, so each is computed once.
package lintel.lib.bundle

import data.lintel.lib.inventory

# templates lists by namespace the Pod templates of every kind, custom ones (Rollout) too.
templates := {namespace: list |
	some namespace, versions in data.inventory.namespace
	list := [entry |
		some kinds in versions
		some objects in kinds
		some object in objects
		template := inventory.template_of(object)
		is_array(template.spec.containers)
		entry := {"labels": labels_of(template), "spec": template.spec, "object": object}
	]
}

labels_of(template) := template.metadata.labels if {
	is_object(template.metadata.labels)
} else := {}

services := {namespace: object.get(versions, ["v1", "Service"], {}) |
	some namespace, versions in data.inventory.namespace
}

network_policies := {namespace: inventory.namespaced(namespace, "networking.k8s.io", "NetworkPolicy") |
	some namespace, _ in data.inventory.namespace
}

# exists holds when the namespace has an object of that group, kind and name, in any version.
exists(namespace, group, kind, name) if {
	some api_version, kinds in data.inventory.namespace[namespace]
	inventory.group_of(api_version) == group
	kinds[kind][name]
}

# cluster_names are the names of the cluster-scoped objects of a group and kind.
cluster_names(group, kind) := {object.metadata.name | some object in inventory.cluster(group, kind)}
