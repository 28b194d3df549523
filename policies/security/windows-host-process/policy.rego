# METADATA
# scope: package
# title: Windows container is a host process
# description: "A HostProcess container runs directly on the Windows node, without isolation."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-021
#   slug: windows-host-process
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod, pss-baseline, windows]
#   profiles: [recommended, baseline, restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Remove windowsOptions.hostProcess.
#   fix: {op: remove, path: hostProcess, unsafe: true}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.11"]
#     pss: ["baseline:windowsHostProcess"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.windows_host_process

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, "securityContext.windowsOptions.hostProcess", msg) if {
	some c in resource.containers
	c.securityContext.windowsOptions.hostProcess == true
	msg := sprintf("%s is a host process of its Windows node (windowsOptions.hostProcess: true)", [resource.describe(c)])
}

deny contains finding.at(resource.pod_spec, "securityContext.windowsOptions.hostProcess", msg) if {
	resource.pod_spec.securityContext.windowsOptions.hostProcess == true
	msg := "the Pod runs host processes on its Windows node (windowsOptions.hostProcess: true)"
}
