# METADATA
# scope: package
# title: StorageClass does not exist
# description: A claim with an unknown class waits for its volume for ever.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/storage/storage-classes/
# custom:
#   id: LT-REF-012
#   slug: missing-storage-class
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: "", kinds: [PersistentVolumeClaim]}
#   - {group: apps, kinds: [StatefulSet]}
#   requires: [storage.k8s.io/StorageClass]
#   profiles: []
#   parameters:
#     knownClasses: {type: array, items: {type: string}, default: []}
#   remediation: Add the StorageClass or correct storageClassName.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.wiring.missing_storage_class

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(claim, "spec.storageClassName", msg) if {
	some claim in claims
	name := claim.spec.storageClassName
	is_string(name)
	name != ""
	not name in bundle.cluster_names("storage.k8s.io", "StorageClass")
	not name in data.parameters["LT-REF-012"].knownClasses
	msg := sprintf("%s %q uses the unknown storage class %q", [input.kind, resource.name, name])
}

claims := [input] if {
	input.kind == "PersistentVolumeClaim"
} else := input.spec.volumeClaimTemplates
