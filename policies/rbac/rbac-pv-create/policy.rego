# METADATA
# scope: package
# title: Role creates PersistentVolumes
# description: A PersistentVolume of type hostPath opens the file system of a node, whatever Pod Security says of the Pods.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation
# custom:
#   id: LT-RBAC-016
#   slug: rbac-pv-create
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [ClusterRole]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#   remediation: Let a provisioner create volumes; grant PersistentVolumeClaims instead.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.9"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_pv_create

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some grant in rbac.grants({""}, {"persistentvolumes"}, {"create"})
	not rbac.exempt(data.parameters["LT-RBAC-016"].allowedRoles)
	msg := sprintf("%s can create PersistentVolumes", [rbac.described])
}
