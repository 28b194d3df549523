# METADATA
# scope: package
# title: Role can create or change workloads
# description: A Pod can mount any Secret and use any service account of its namespace, so the right to create Pods is the right to all of those.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation
# custom:
#   id: LT-RBAC-004
#   slug: rbac-create-pods
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [Role, ClusterRole]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#     verbs: {type: array, items: {type: string}, default: [create, update, patch]}
#     includeControllers: {type: boolean, default: true}
#   remediation: Leave workload changes to the deployment pipeline's own role.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.4"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1610", "T1053.007"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_create_pods

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	verbs := {verb | some verb in parameters.verbs}
	some groups, resources in workloads
	some grant in rbac.grants(groups, resources, verbs)
	not rbac.exempt(parameters.allowedRoles)
	msg := sprintf("%s can change workloads (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}

workloads[{""}] := {"pods"}

workloads[{"", "apps", "batch", "extensions"}] := controllers if parameters.includeControllers

controllers := {"deployments", "statefulsets", "daemonsets", "replicasets", "replicationcontrollers", "jobs", "cronjobs"}

parameters := data.parameters["LT-RBAC-004"]
