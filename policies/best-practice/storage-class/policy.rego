# METADATA
# scope: package
# title: Storage class is missing or not allowed
# description: "A claim without a class gets whatever the cluster calls default today, which differs between clusters."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/storage/storage-classes/
# custom:
#   id: LT-REL-027
#   slug: storage-class
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [storage]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [PersistentVolumeClaim]}
#   - {group: apps, kinds: [StatefulSet]}
#   requires: []
#   parameters:
#     allowed: {type: array, items: {type: string}, default: [], description: "Classes accepted; an empty list accepts every class that is named."}
#   remediation: Set storageClassName.
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.best_practice.storage_class

import data.lintel.lib.finding

deny contains finding.fixed(finding.at(claim, "spec.storageClassName", msg), [{"op": "add", "path": "/spec/storageClassName", "value": data.parameters["LT-REL-027"].allowed[0], "unsafe": true} |
	count(data.parameters["LT-REL-027"].allowed) > 0
]) if {
	some claim in claims
	problem := fault(claim)
	msg := sprintf("claim %q %s", [object.get(claim, ["metadata", "name"], ""), problem])
}

claims := [input] if {
	input.kind == "PersistentVolumeClaim"
} else := [claim | some claim in input.spec.volumeClaimTemplates; is_object(claim)]

fault(claim) := "names no storageClassName" if {
	not named(claim)
} else := sprintf("uses the storage class %q, which is not allowed", [claim.spec.storageClassName]) if {
	count(data.parameters["LT-REL-027"].allowed) > 0
	not claim.spec.storageClassName in data.parameters["LT-REL-027"].allowed
}

# An empty name asks for a volume made by hand.
named(claim) if is_string(claim.spec.storageClassName)
