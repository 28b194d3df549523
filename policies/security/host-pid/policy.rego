# METADATA
# scope: package
# title: Pod shares the process namespace of its node
# description: "A Pod with hostPID sees, signals and can inspect every process of the node."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-013
#   slug: host-pid
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
#   remediation: Remove hostPID.
#   fix: {op: remove, path: spec/hostPID, unsafe: true}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.3"]
#     pss: ["baseline:hostNamespaces"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611", "T1613"]
#     soc2-2017: ["CC6.1"]
package lintel.security.host_pid

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "hostPID", msg) if {
	resource.pod_spec.hostPID == true
	msg := "the Pod shares the process namespace of its node (hostPID: true)"
}
