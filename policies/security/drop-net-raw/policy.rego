# METADATA
# scope: package
# title: Raw network sockets stay possible
# description: "NET_RAW, granted by default, lets a container forge packets and listen to its neighbours."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-010
#   slug: drop-net-raw
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod]
#   profiles: [hardening, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Drop ALL or NET_RAW in securityContext.capabilities.drop and do not add it.
#   fix: {op: add, path: securityContext/capabilities/drop, value: [NET_RAW], unsafe: true}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.2.8"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1046", "T1498"]
#     soc2-2017: ["CC6.6"]
package lintel.security.drop_net_raw

import data.lintel.lib.capability
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, "securityContext.capabilities.drop", msg) if {
	not resource.is_windows
	some c in resource.containers
	not drops_net_raw(c)
	msg := sprintf("%s keeps NET_RAW: neither NET_RAW nor ALL is dropped", [resource.describe(c)])
}

deny contains finding.at(c, field, msg) if {
	some c in resource.containers
	some i, text in c.securityContext.capabilities.add
	capability.normal_name(text) in {"NET_RAW", "ALL"}
	field := sprintf("securityContext.capabilities.add[%d]", [i])
	msg := sprintf("%s gets NET_RAW by adding %s", [resource.describe(c), text])
}

drops_net_raw(c) if {
	some name in capability.dropped(c)
	name in {"NET_RAW", "ALL"}
}
