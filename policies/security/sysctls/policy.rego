# METADATA
# scope: package
# title: Kernel setting is not on the safe list
# description: Most sysctls act on the whole node or weaken the isolation of its Pods.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: LT-POD-028
#   slug: sysctls
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [pod, pss-baseline]
#   profiles: [recommended, baseline, restricted, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters:
#     allowedSysctls: {type: array, items: {type: string}, default: [], description: "Names accepted beside the safe ones."}
#     forbiddenSysctls: {type: array, items: {type: string}, default: [], description: "Names refused although they are safe; a trailing * matches any ending."}
#   remediation: "Remove the sysctl, or set it on the node."
#   fix: {rule: deny}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.7.3"]
#     pss: ["baseline:sysctls"]
#     nsa-cisa-1.2: ["POD-6"]
#     mitre-attack: ["T1611", "T1499"]
#     soc2-2017: ["CC6.1"]
package lintel.security.sysctls

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.fixed(finding.at(sysctl, "name", msg), [{"op": "remove", "path": "", "unsafe": true}]) if {
	some sysctl in resource.pod_spec.securityContext.sysctls
	not accepted(sysctl)
	msg := sprintf("the Pod sets the sysctl %v", [object.get(sysctl, "name", "without a name")])
}

accepted(sysctl) if {
	safe(sysctl.name)
	not forbidden(sysctl.name)
}

safe(name) if settings.pod_security >= safe_since[name]

safe(name) if name in data.parameters["LT-POD-028"].allowedSysctls

forbidden(name) if {
	some pattern in data.parameters["LT-POD-028"].forbiddenSysctls
	image.matches(name, pattern)
}

safe_since := {
	"kernel.shm_rmid_forced": 1000,
	"net.ipv4.ip_local_port_range": 1000,
	"net.ipv4.ip_unprivileged_port_start": 1000,
	"net.ipv4.tcp_syncookies": 1000,
	"net.ipv4.ping_group_range": 1000,
	"net.ipv4.ip_local_reserved_ports": 1027,
	"net.ipv4.tcp_keepalive_time": 1029,
	"net.ipv4.tcp_fin_timeout": 1029,
	"net.ipv4.tcp_keepalive_intvl": 1029,
	"net.ipv4.tcp_keepalive_probes": 1029,
	"net.ipv4.tcp_rmem": 1032,
	"net.ipv4.tcp_wmem": 1032,
	"net.ipv4.tcp_slow_start_after_idle": 1037,
	"net.ipv4.tcp_notsent_lowat": 1037,
}
