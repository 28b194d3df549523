# METADATA
# scope: package
# title: No hardening of the kernel interface is used
# description: "Neither seccomp, AppArmor, SELinux nor dropped capabilities stand between the container and the kernel."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-058
#   slug: linux-hardening-any
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [pod]
#   profiles: [hardening, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   requires: []
#   parameters: {}
#   remediation: Use at least the RuntimeDefault seccomp profile and drop ALL capabilities.
#   fix: {op: add, path: securityContext/seccompProfile/type, value: RuntimeDefault, unsafe: true}
#   effort: low
#   compliance: {}
package lintel.security.linux_hardening_any

import data.lintel.lib.capability
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(c, "securityContext", msg) if {
	not resource.is_windows
	some c in resource.containers
	not hardened(c)
	msg := sprintf("%s uses none of seccomp, AppArmor, SELinux and dropped capabilities", [resource.describe(c)])
}

hardened(c) if count(capability.dropped(c)) > 0

hardened(c) if {
	some field in ["seccompProfile", "appArmorProfile"]
	resource.security_setting(c, field).type in {"RuntimeDefault", "Localhost"}
}

hardened(c) if is_object(resource.security_setting(c, "seLinuxOptions"))

hardened(c) if {
	profile := resource.pod_annotations[concat("", ["container.apparmor.security.beta.kubernetes.io/", c.name])]
	profile != "unconfined"
}
