# METADATA
# scope: package
# title: Directory of the node is mounted writable
# description: "A container that writes to its node can plant programs, units or keys there. A mount is writable unless it says readOnly."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-019
#   slug: writable-host-path
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedPaths: {type: array, items: {type: string}, default: [], description: "Directories that may be written, with everything below them."}
#   remediation: Set readOnly to true on the volume mount.
#   fix: {op: add, path: readOnly, value: true, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.2.12"]
#     pss: ["baseline:hostPathVolumes"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611", "T1543.005"]
#     soc2-2017: ["CC6.1", "CC6.8"]
package lintel.security.writable_host_path

import data.lintel.lib.finding
import data.lintel.lib.path
import data.lintel.lib.resource

deny contains finding.at(pair.mount, "readOnly", msg) if {
	some pair in resource.mounts
	not pair.mount.readOnly == true
	some host_path in host_paths[pair.mount.name]
	msg := sprintf("%s can write to %q of the node at %q", [resource.describe(pair.container), host_path, object.get(pair.mount, "mountPath", "")])
}

# host_paths are the directories of the node by the volumes that have them.
host_paths[volume.name] contains object.get(volume.hostPath, "path", "") if {
	some volume in resource.volumes
	is_object(volume.hostPath)
	not allowed(volume)
}

allowed(volume) if {
	some entry in data.parameters["LT-POD-019"].allowedPaths
	path.inside(path.clean(volume.hostPath.path), path.clean(entry))
}
