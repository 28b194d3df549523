# METADATA
# scope: package
# title: Sensitive path of the node is mounted
# description: "Configuration, credentials, devices and runtime state of a node give whoever reaches them control over it."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-018
#   slug: sensitive-host-path
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     paths: {type: array, items: {type: string}, default: [/boot, /dev, /etc, /etc/kubernetes, /home, /lib, /proc, /root, /sys, /usr, /var/lib/containerd, /var/lib/docker, /var/lib/etcd, /var/lib/kubelet, /var/log, /var/run], description: "Directories that count, with everything below them; / counts always."}
#     readOnlyAllowed: {type: boolean, default: false, description: "Accept volumes that are only mounted read-only."}
#   remediation: Mount none of these directories; ask the API server or a node agent for what is needed.
#   effort: high
#   compliance:
#     cis-k8s-1.8: ["5.2.12"]
#     pss: ["baseline:hostPathVolumes"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611", "T1552.001"]
#     soc2-2017: ["CC6.1"]
package lintel.security.sensitive_host_path

import data.lintel.lib.finding
import data.lintel.lib.path
import data.lintel.lib.resource

deny contains finding.at(volume, "hostPath.path", msg) if {
	some volume in resource.volumes
	directory := path.clean(volume.hostPath.path)
	sensitive(directory)
	not tolerated(volume)
	msg := sprintf("volume %q mounts the sensitive path %q of the node", [object.get(volume, "name", ""), volume.hostPath.path])
}

sensitive("/")

sensitive(directory) if {
	some entry in data.parameters["LT-POD-018"].paths
	path.inside(directory, path.clean(entry))
}

tolerated(volume) if {
	data.parameters["LT-POD-018"].readOnlyAllowed == true
	mounts := resource.mounts_of(volume)
	every pair in mounts { pair.mount.readOnly == true }
}
