# METADATA
# scope: package
# title: FlexVolume driver is not allowed
# description: FlexVolume drivers are programs run as root on the node; the interface is deprecated in favour of CSI.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/storage/volumes/
# custom:
#   id: LT-POD-047
#   slug: flexvolume
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedDrivers: {type: array, items: {type: string}, default: [], description: "Drivers accepted."}
#   remediation: Use a CSI driver.
#   effort: low
#   compliance: {}
package lintel.security.flexvolume

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(volume, "flexVolume", msg) if {
	some volume in resource.volumes
	is_object(volume.flexVolume)
	driver := object.get(volume.flexVolume, "driver", "")
	not driver in data.parameters["LT-POD-047"].allowedDrivers
	msg := sprintf("volume %q uses the FlexVolume driver %q", [object.get(volume, "name", ""), driver])
}
