# METADATA
# scope: package
# title: Security context constraint allows too much
# description: "Pods admitted by such a constraint may be privileged, share the node or run as any user."
# related_resources:
# - ref: https://docs.redhat.com/en/documentation/openshift_container_platform
# custom:
#   id: LT-POD-057
#   slug: scc-privileged
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [openshift]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: security.openshift.io, kinds: [SecurityContextConstraints]}
#   requires: []
#   parameters: {}
#   remediation: Turn the permission off and bind the constraint to as few accounts as possible.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.scc_privileged

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, field, msg), [{"op": "replace", "path": field, "value": false, "unsafe": true}]) if {
	some field in ["allowPrivilegedContainer", "allowHostPID", "allowHostIPC", "allowHostNetwork", "allowHostDirVolumePlugin"]
	input[field] == true
	msg := sprintf("SecurityContextConstraints %q sets %s to true", [resource.name, field])
}

deny contains finding.fixed(finding.at(input, "runAsUser.type", msg), [{"op": "replace", "path": "/runAsUser/type", "value": "MustRunAsNonRoot", "unsafe": true}]) if {
	input.runAsUser.type == "RunAsAny"
	msg := sprintf("SecurityContextConstraints %q lets Pods run as any user (runAsUser.type: RunAsAny)", [resource.name])
}

deny contains finding.fixed(finding.at(input, "allowedCapabilities", msg), [{"op": "remove", "path": sprintf("/allowedCapabilities/%d", [index]), "unsafe": true}]) if {
	some index, name in input.allowedCapabilities
	name in {"*", "ALL", "SYS_ADMIN"}
	msg := sprintf("SecurityContextConstraints %q allows the capability %s", [resource.name, name])
}
