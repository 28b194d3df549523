# METADATA
# scope: package
# title: Directory of the node is mounted
# description: A hostPath volume ties the Pod to the files of one node and is a common way out of a container.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-017
#   slug: host-path
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod, pss-baseline]
#   profiles: [baseline, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedPaths:
#       type: array
#       items: {type: object, properties: {pathPrefix: {type: string}, readOnly: {type: boolean}}, required: [pathPrefix]}
#       default: []
#       description: Directories that may be mounted; with readOnly only by read-only mounts.
#   remediation: "Use a persistent volume claim, a ConfigMap, a projected volume or an emptyDir instead."
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.12"]
#     pss: ["baseline:hostPathVolumes"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611", "T1552.001"]
#     soc2-2017: ["CC6.1"]
package lintel.security.host_path

import data.lintel.lib.finding
import data.lintel.lib.path
import data.lintel.lib.resource

deny contains finding.at(volume, "hostPath", msg) if {
	some volume in resource.volumes
	is_object(volume.hostPath)
	not allowed(volume)
	msg := sprintf("volume %q mounts %q of the node (hostPath)", [object.get(volume, "name", ""), object.get(volume.hostPath, "path", "")])
}

allowed(volume) if {
	some rule in data.parameters["LT-POD-017"].allowedPaths
	path.inside(path.clean(volume.hostPath.path), path.clean(rule.pathPrefix))
	not written(volume, rule)
}

written(volume, rule) if {
	rule.readOnly == true
	some pair in resource.mounts_of(volume)
	not pair.mount.readOnly == true
}
