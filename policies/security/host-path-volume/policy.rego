# METADATA
# scope: package
# title: Persistent volume is a directory of a node
# description: "Pod Security does not look behind claims: a volume of type hostPath hands a node directory to any Pod that may use the claim."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/storage/persistent-volumes/
# custom:
#   id: LT-POD-063
#   slug: host-path-volume
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [storage]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [PersistentVolume]}
#   requires: []
#   parameters: {}
#   remediation: Use a storage class with a CSI driver.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611"]
package lintel.security.host_path_volume

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.hostPath", msg) if {
	is_object(input.spec.hostPath)
	msg := sprintf("PersistentVolume %q is the directory %q of a node (spec.hostPath)", [resource.name, object.get(input.spec.hostPath, "path", "")])
}
