# METADATA
# scope: package
# title: PersistentVolumeClaim does not exist
# description: A Pod that mounts a missing claim is never scheduled.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/storage/persistent-volumes/
# custom:
#   id: LT-REF-010
#   slug: missing-pvc
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - workloads
#   requires: [PersistentVolumeClaim]
#   profiles: []
#   parameters:
#     externalClaims: {type: array, items: {type: string}, default: []}
#   remediation: Add the claim or correct claimName.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.wiring.missing_pvc

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(volume, "persistentVolumeClaim.claimName", msg) if {
	some volume in resource.volumes
	name := volume.persistentVolumeClaim.claimName
	not data.inventory.namespace[resource.namespace].v1.PersistentVolumeClaim[name]
	not from_template(name)
	not name in data.parameters["LT-REF-010"].externalClaims
	msg := sprintf("volume %v uses claim %q, which is not in namespace %q", [volume.name, name, resource.namespace])
}

# Claims of a StatefulSet are called TEMPLATE-SET-ORDINAL.
from_template(name) if {
	parts := split(name, "-")
	regex.match(`^[0-9]+$`, parts[count(parts) - 1])
	concat("-", array.slice(parts, 0, count(parts) - 1)) in templated[resource.namespace]
}

templated[namespace] contains sprintf("%s-%s", [claim.metadata.name, name]) if {
	some namespace, versions in data.inventory.namespace
	some name, set in versions["apps/v1"].StatefulSet
	some claim in set.spec.volumeClaimTemplates
}
