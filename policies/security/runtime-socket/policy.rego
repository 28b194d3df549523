# METADATA
# scope: package
# title: Socket of the container runtime is mounted
# description: "Whoever can talk to the container runtime can start any container on the node, privileged ones too."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-020
#   slug: runtime-socket
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     sockets:
#       type: array
#       items: {type: string}
#       default: [/run/docker.sock, /run/containerd/containerd.sock, /run/k3s/containerd/containerd.sock, /run/crio/crio.sock, /run/cri-dockerd.sock, /run/dockershim.sock]
#       description: Sockets that count; a path below /run is also looked for below /var/run.
#   remediation: "Do not mount the socket; use the Kubernetes API, or a build tool that needs no daemon."
#   effort: high
#   compliance:
#     cis-k8s-1.8: ["5.2.12"]
#     pss: ["baseline:hostPathVolumes"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1610", "T1611", "T1552.007"]
#     soc2-2017: ["CC6.1"]
package lintel.security.runtime_socket

import data.lintel.lib.finding
import data.lintel.lib.path
import data.lintel.lib.resource

deny contains finding.at(volume, "hostPath.path", msg) if {
	some volume in resource.volumes
	directory := path.clean(volume.hostPath.path)
	reached := [socket | some socket in sockets; path.inside(socket, directory)]
	count(reached) > 0
	msg := sprintf("volume %q mounts %q of the node, which reaches the container runtime (%s)", [object.get(volume, "name", ""), volume.hostPath.path, min(reached)])
}

sockets := {socket | some entry in configured; socket := path.clean(entry)} | {socket |
	some entry in configured
	startswith(path.clean(entry), "/run/")
	socket := concat("", ["/var", path.clean(entry)])
}

configured := data.parameters["LT-POD-020"].sockets
