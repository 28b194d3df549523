# METADATA
# scope: package
# title: Volume type is not a safe one
# description: "Volumes that name a server or a disk in the Pod go around storage classes, quotas and their administrators."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-029
#   slug: volume-types
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod, pss-restricted]
#   profiles: [restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedVolumes: {type: array, items: {type: string}, default: [configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected, secret], description: "Volume types accepted."}
#   remediation: Use a persistent volume claim and let a storage class choose the storage.
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.12"]
#     pss: ["restricted:restrictedVolumes"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.volume_types

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(volume, type, msg) if {
	some volume in resource.volumes
	types := sources(volume)
	not accepted(types)
	type := min(types)
	msg := sprintf("volume %q is of type %s", [object.get(volume, "name", ""), concat(", ", sort(types))])
}

# A volume without a source becomes an emptyDir.
accepted(types) if count(types) == 0

accepted(types) if {
	some type in types
	type in data.parameters["LT-POD-029"].allowedVolumes
}

sources(volume) := {type |
	some type, source in volume
	type != "name"
	source != null
}
