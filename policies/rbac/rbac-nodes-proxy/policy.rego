# METADATA
# scope: package
# title: Role reaches the kubelet through nodes/proxy
# description: The kubelet API behind nodes/proxy runs commands in every Pod of the node, past admission control and audit.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes
# custom:
#   id: LT-RBAC-008
#   slug: rbac-nodes-proxy
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [rbac]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: rbac.authorization.k8s.io, kinds: [ClusterRole]}
#   profiles: []
#   parameters:
#     allowedRoles: {type: array, items: {type: string}, default: []}
#   remediation: Use nodes/metrics, nodes/stats or nodes/log instead of nodes/proxy.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.1.10"]
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1609", "T1613"]
#     soc2-2017: ["CC6.3"]
package lintel.rbac.rbac_nodes_proxy

import data.lintel.lib.finding
import data.lintel.lib.rbac

deny contains finding.at(grant.rule, grant.field, msg) if {
	some rule in rbac.rules
	grant := rbac.granted(rule, {""}, {"nodes/proxy"}, {verb | some verb in rule.verbs; is_string(verb)})
	not rbac.exempt(data.parameters["LT-RBAC-008"].allowedRoles)
	msg := sprintf("%s reaches the kubelet API (%s on %s)", [rbac.described, grant.verbs, grant.resources])
}
