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
#   category: gitops
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: apps, kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet]}
#   - {group: batch, kinds: [Job]}
#   - {group: "", kinds: [Service, PersistentVolumeClaim]}
#   - {group: storage.k8s.io, kinds: [StorageClass]}
#   requires: []
#   profiles: [recommended]
#   operations: [CREATE, UPDATE]
#   remediation: Create an object under a new name and move over.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.gitops.immutable_change

import data.lintel.lib.finding
import data.lintel.lib.resource

# data.previous holds the objects before the change, laid out like data.inventory.
deny contains finding.at(input, concat(".", path), msg) if {
	some path in fixed[input.kind]
	before := object.get(previous, path, null)
	before != null
	object.get(input, path, null) != before
	msg := sprintf("%s of %s %q cannot be changed", [concat(".", path), input.kind, resource.name])
}

previous := data.previous.namespace[resource.namespace][input.apiVersion][input.kind][resource.name] if {
	input.kind != "StorageClass"
} else := data.previous.cluster[input.apiVersion][input.kind][resource.name]

fixed := {
	"Deployment": [["spec", "selector"]],
	"DaemonSet": [["spec", "selector"]],
	"ReplicaSet": [["spec", "selector"]],
	"StatefulSet": [["spec", "selector"], ["spec", "serviceName"], ["spec", "volumeClaimTemplates"], ["spec", "podManagementPolicy"]],
	"Job": [["spec", "template"], ["spec", "selector"], ["spec", "completionMode"]],
	"Service": [["spec", "clusterIP"]],
	"PersistentVolumeClaim": [["spec", "storageClassName"], ["spec", "accessModes"], ["spec", "volumeName"]],
	"StorageClass": [["parameters"], ["provisioner"], ["reclaimPolicy"], ["volumeBindingMode"]],
}
