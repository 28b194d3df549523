# METADATA
# scope: package
# title: Storage class creates unencrypted volumes
# description: A volume that is not encrypted can be read from a snapshot or a disk that left the data centre.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/storage/storage-classes/
# custom:
#   id: LT-POD-064
#   slug: pv-encryption
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [storage]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: storage.k8s.io, kinds: [StorageClass]}
#   requires: []
#   parameters:
#     provisioners: {type: array, items: {type: string}, default: [ebs.csi.aws.com, kubernetes.io/aws-ebs], description: "Provisioners whose volumes are only encrypted on request."}
#   remediation: "Set parameters.encrypted to \"true\"."
#   fix: {op: add, path: parameters/encrypted, value: "true", unsafe: true}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-8"]
#     soc2-2017: ["C1.1"]
package lintel.security.pv_encryption

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "parameters.encrypted", msg) if {
	input.provisioner in data.parameters["LT-POD-064"].provisioners
	not encrypted
	msg := sprintf("StorageClass %q of %s does not set parameters.encrypted to \"true\"", [resource.name, input.provisioner])
}

encrypted if lower(input.parameters.encrypted) == "true"
