# METADATA
# scope: package
# title: Role changes network objects
# description: Write access to Services, endpoints, policies or Ingresses redirects traffic or opens it; a Service status can steal external addresses (CVE-2020-8554).
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: LT-RBAC-011
#   slug: rbac-network
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [Role, ClusterRole]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#   remediation: Remove the write verbs from roles that do not manage the network.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2", "NET-2"]
#     mitre-attack: ["T1562.001"]
#     soc2-2017: ["CC6.3", "CC6.6"]
package lintel.rbac.rbac_network

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some groups, resources in network
	some grant in rbac.grants(groups, resources, rbac.write)
	not rbac.exempt(data.parameters["LT-RBAC-011"].allowedRoles)
	msg := sprintf("%s changes the network (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}

network := {
	{""}: {"services", "services/status", "endpoints"},
	{"discovery.k8s.io"}: {"endpointslices"},
	{"networking.k8s.io", "extensions"}: {"networkpolicies", "ingresses"},
}
