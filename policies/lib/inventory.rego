# The other objects of the input, for policies of scope "bundle".
package lintel.lib.inventory

# namespaced lists the objects of one group and kind in a namespace, whatever their version.
namespaced(namespace, group, kind) := [object |
	some api_version, kinds in data.inventory.namespace[namespace]
	group_of(api_version) == group
	some object in kinds[kind]
]

# cluster lists the cluster-scoped objects of one group and kind.
cluster(group, kind) := [object |
	some api_version, kinds in data.inventory.cluster
	group_of(api_version) == group
	some object in kinds[kind]
]

# by_name holds the objects of one group and kind in a namespace by their names; several have one name when variants do.
by_name(namespace, group, kind) := {name: objects |
	list := namespaced(namespace, group, kind)
	some name in {object.metadata.name | some object in list}
	objects := [object | some object in list; object.metadata.name == name]
}

group_of(api_version) := split(api_version, "/")[0] if {
	contains(api_version, "/")
} else := ""

# controllers lists every object of a namespace that has a Pod template, and bare Pods.
controllers(namespace) := [object |
	some api_version, kinds in data.inventory.namespace[namespace]
	some kind in template_kinds[group_of(api_version)]
	some object in kinds[kind]
]

template_kinds := {
	"": ["Pod", "ReplicationController"],
	"apps": ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"],
	"batch": ["Job", "CronJob"],
	"extensions": ["Deployment", "DaemonSet", "ReplicaSet"],
}

# template_of is the object with the Pod's `metadata` and `spec` inside a controller or Pod.
template_of(object) := object if {
	object.kind == "Pod"
} else := object.spec.jobTemplate.spec.template if {
	object.kind == "CronJob"
} else := object.spec.template

# labels_of are the labels of the Pods an object creates.
labels_of(object) := labels if {
	labels := template_of(object).metadata.labels
	is_object(labels)
} else := {}
