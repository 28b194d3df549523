# METADATA
# scope: package
# title: Change of a field that cannot change
# description: The API server refuses the update, so the sync fails until the object is deleted, often with its data.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#label-selector-updates
# custom:
#   id: LT-GIT-003
#   slug: immutable-change
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: apps, kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet]}
#   - {group: batch, kinds: [Job]}
#   - {group: "", kinds: [Service, PersistentVolumeClaim, Secret, ConfigMap]}
#   - {group: storage.k8s.io, kinds: [StorageClass]}
#   - {group: rbac.authorization.k8s.io, kinds: [RoleBinding, ClusterRoleBinding]}
#   - {group: scheduling.k8s.io, kinds: [PriorityClass]}
#   - {group: networking.k8s.io, kinds: [IngressClass]}
#   requires: [lintel/PreviousObject]
#   profiles: [recommended]
#   remediation: Create an object under a new name and move over.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.gitops.immutable_change

import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(input, field, msg) if {
	some entry in fixed[input.kind]
	before := value(previous, entry)
	after := value(input, entry)
	before != after
	not left_to_cluster(entry, before, after)
	field := concat(".", entry.path)
	msg := sprintf("%s of %s %q %s", [field, input.kind, resource.name, change(before, after)])
}

deny contains finding.at(input, field, msg) if {
	previous.immutable == true
	some field in ["data", "binaryData", "immutable"]
	contents(input, field) != contents(previous, field)
	msg := sprintf("%s %q is immutable, and its %s changes", [input.kind, resource.name, field])
}

# previous is the object before the change, in any version of its group.
previous := before_in(data.previous.namespace[resource.namespace])[0]

previous := before_in(data.previous.cluster)[0] if not input.metadata.namespace

before_in(versions) := [object |
	some api_version, kinds in versions
	inventory.group_of(api_version) == resource.group
	object := kinds[input.kind][resource.name]
]

value(object, entry) := found if {
	found := object.get(object, entry.path, null)
	found != null
} else := object.get(entry, "default", null)

# The API server fills in what a manifest leaves to it and keeps that on updates.
left_to_cluster(entry, before, after) if {
	entry.chosen == true
	some side in [before, after]
	side in {null, ""}
}

# A Secret is stored without stringData, which says the same as data in other words.
contents(manifest, "data") := object.union(object.get(manifest, "data", {}), encoded) if {
	encoded := {key: base64.encode(text) | some key, text in object.get(manifest, "stringData", {})}
}

contents(manifest, field) := object.get(manifest, field, null) if field != "data"

change(before, after) := sprintf("changes from %v to %v", [before, after]) if {
	every side in [before, after] { type_name(side) in {"string", "number", "boolean"} }
} else := "changes"

# What the API server fills in of templates is known to the check of types, which compares them.
fixed := {
	"Deployment": [{"path": ["spec", "selector"]}],
	"DaemonSet": [{"path": ["spec", "selector"]}],
	"ReplicaSet": [{"path": ["spec", "selector"]}],
	"StatefulSet": [
		{"path": ["spec", "selector"]},
		{"path": ["spec", "serviceName"], "default": ""},
		{"path": ["spec", "podManagementPolicy"], "default": "OrderedReady"},
	],
	"Job": [
		{"path": ["spec", "selector"], "chosen": true},
		{"path": ["spec", "completionMode"], "default": "NonIndexed"},
	],
	"Service": [{"path": ["spec", "clusterIP"], "chosen": true}],
	"PersistentVolumeClaim": [
		{"path": ["spec", "storageClassName"], "chosen": true},
		{"path": ["spec", "accessModes"]},
		{"path": ["spec", "volumeMode"], "default": "Filesystem"},
		{"path": ["spec", "volumeName"], "chosen": true},
	],
	"Secret": [{"path": ["type"], "default": "Opaque"}],
	"StorageClass": [
		{"path": ["parameters"], "default": {}},
		{"path": ["provisioner"]},
		{"path": ["reclaimPolicy"], "default": "Delete"},
		{"path": ["volumeBindingMode"], "default": "Immediate"},
	],
	"RoleBinding": [{"path": ["roleRef"]}],
	"ClusterRoleBinding": [{"path": ["roleRef"]}],
	"PriorityClass": [{"path": ["value"], "default": 0}],
	"IngressClass": [{"path": ["spec", "controller"]}],
}
