# METADATA
# scope: package
# title: Kernel files below /proc are unmasked
# description: procMount Unmasked shows kernel settings and interfaces that the runtime hides from containers.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-022
#   slug: proc-mount
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod, pss-baseline]
#   profiles: [recommended, baseline, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Remove procMount or set it to Default.
#   fix: {op: replace, path: securityContext/procMount, value: Default, unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.7.3"]
#     pss: ["baseline:procMount"]
#     nsa-cisa-1.2: ["POD-6"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.proc_mount

import data.lintel.lib.finding
import data.lintel.lib.pss
import data.lintel.lib.resource

deny contains finding.at(c, "securityContext.procMount", msg) if {
	not pss.user_namespace_relaxed
	some c in resource.containers
	type := c.securityContext.procMount
	not type in {"Default", null}
	msg := sprintf("%s mounts /proc unprotected (securityContext.procMount: %v)", [resource.describe(c), type])
}
