# METADATA
# scope: package
# title: Pod shares the network namespace of its node
# description: "A Pod with hostNetwork listens on the addresses of the node, past NetworkPolicies, and reaches its local services."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-015
#   slug: host-network
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod, pss-baseline]
#   profiles: [recommended, baseline, restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Remove hostNetwork.
#   fix: {op: remove, path: spec/hostNetwork, unsafe: true}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.5"]
#     pss: ["baseline:hostNamespaces"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611", "T1046"]
#     soc2-2017: ["CC6.6"]
package lintel.security.host_network

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "hostNetwork", msg) if {
	resource.pod_spec.hostNetwork == true
	msg := "the Pod shares the network namespace of its node (hostNetwork: true)"
}
