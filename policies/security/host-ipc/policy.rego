# METADATA
# scope: package
# title: Pod shares the IPC namespace of its node
# description: A Pod with hostIPC can read and write the shared memory of programs on the node.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-014
#   slug: host-ipc
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
#   remediation: Remove hostIPC.
#   fix: {op: remove, path: spec/hostIPC, unsafe: true}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.4"]
#     pss: ["baseline:hostNamespaces"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.host_ipc

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "hostIPC", msg) if {
	resource.pod_spec.hostIPC == true
	msg := "the Pod shares the IPC namespace of its node (hostIPC: true)"
}
