# METADATA
# scope: package
# title: Root file system is writable
# description: A writable root file system lets an intruder place tools and change the program that runs.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-008
#   slug: read-only-root-fs
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     exemptImages: {type: array, items: {type: string}, default: [], description: "Images left alone; a trailing * matches any ending."}
#   remediation: Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where the program must write.
#   fix: {op: add, path: securityContext/readOnlyRootFilesystem, value: true, unsafe: true}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.7.3"]
#     nsa-cisa-1.2: ["POD-2"]
#     mitre-attack: ["T1525", "T1036"]
#     soc2-2017: ["CC6.8"]
package lintel.security.read_only_root_fs

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.at(c, "securityContext.readOnlyRootFilesystem", msg) if {
	not resource.is_windows
	some c in resource.containers
	not c.securityContext.readOnlyRootFilesystem == true
	not exempt(c)
	msg := sprintf("%s has a writable root file system: securityContext.readOnlyRootFilesystem is not true", [resource.describe(c)])
}

exempt(c) if image.exempt(c, data.parameters["LT-POD-008"].exemptImages)
