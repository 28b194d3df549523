# METADATA
# scope: package
# title: Pod mounts a directory of its node
# description: "Files of the node stay behind, differ from node to node, and lead out of the Pod; with a sensitive directory such as /etc or /var/lib/kubelet the Pod owns the node."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
# custom:
#   id: LT-POD-067
#   slug: host-directory
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod]
#   profiles: [recommended]
#   merges: [LT-POD-017, LT-POD-018]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   parameters: {}
#   remediation: "Use a persistent volume claim, a ConfigMap, a projected volume or an emptyDir instead."
#   effort: low
#   compliance: {}
package lintel.security.host_directory

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.settings
import data.lintel.security.host_path
import data.lintel.security.runtime_socket
import data.lintel.security.sensitive_host_path

deny contains object.union(finding.at(volume, "hostPath.path", msg), {"severity": "critical", "parts": [{"policy": "LT-POD-018", "text": msg}]}) if {
	not resource.is_control_plane
	not settings.skips("LT-POD-018")
	some volume in sensitive
	msg := sprintf("volume %q mounts the sensitive path %q of the node (hostPath)", [name_of(volume), volume.hostPath.path])
}

deny contains object.union(finding.at(volume, "hostPath", msg), {"parts": [{"policy": "LT-POD-017", "text": msg}]}) if {
	not resource.is_control_plane
	not settings.skips("LT-POD-017")
	some found in host_path.deny
	volume := found.node
	not volume in sensitive
	not volume in sockets
	msg := found.msg
}

# A socket of the container runtime is a finding of its own.
sockets := {found.node | some found in runtime_socket.deny; not settings.skips("LT-POD-020")}

sensitive := {found.node | some found in sensitive_host_path.deny} - sockets

name_of(volume) := object.get(volume, "name", "")
