# METADATA
# scope: package
# title: Capabilities are wider than restricted allows
# description: "The restricted level wants ALL dropped, in upper case, and nothing added but NET_BIND_SERVICE."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-033
#   slug: capabilities-restricted
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod, pss-restricted]
#   profiles: [restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Drop ALL and add nothing but NET_BIND_SERVICE.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.2.10"]
#     pss: ["restricted:capabilities_restricted"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.capabilities_restricted

import data.lintel.lib.finding
import data.lintel.lib.pss
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.fixed(finding.at(c, "securityContext.capabilities.drop", msg), [{"op": "add", "path": "/securityContext/capabilities/drop/-", "value": "ALL", "unsafe": true}]) if {
	settings.pod_security >= 1022
	not pss.windows_exempt
	some c in resource.containers
	not drops_all(c)
	msg := sprintf("%s does not drop ALL (securityContext.capabilities.drop)", [resource.describe(c)])
}

deny contains finding.fixed(finding.at(c, field, msg), [{"op": "remove", "path": field, "unsafe": true}]) if {
	not pss.windows_exempt
	some c in resource.containers
	some i, name in c.securityContext.capabilities.add
	not name in allowed
	field := sprintf("securityContext.capabilities.add[%d]", [i])
	msg := sprintf("%s adds the capability %v", [resource.describe(c), name])
}

drops_all(c) if "ALL" in c.securityContext.capabilities.drop

# Before version 1.22 the restricted level allowed what the baseline level allows.
allowed := {"NET_BIND_SERVICE"} if {
	settings.pod_security >= 1022
} else := pss.baseline_capabilities
