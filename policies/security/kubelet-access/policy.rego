# METADATA
# scope: package
# title: Kubelet answers whoever asks
# description: A kubelet that takes anonymous requests, asks nobody whether they are allowed, or opens its read-only port tells about all Pods of its node; with the first two it also runs commands in them.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
# custom:
#   id: LT-CIS-001
#   slug: kubelet-access
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [nodes]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: kubelet.config.k8s.io, kinds: [KubeletConfiguration]}
#   profiles: [recommended]
#   remediation: "Set authentication.anonymous.enabled: false, authorization.mode: Webhook and readOnlyPort: 0, which are the defaults of a configuration file."
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.security.kubelet_access

import data.lintel.lib.finding

# Whoever relied on it is refused afterwards.
set(path, value) := [{"op": "replace", "path": path, "value": value, "unsafe": true}]

deny contains finding.fixed(finding.at(input, "authentication.anonymous.enabled", msg), set("/authentication/anonymous/enabled", false)) if {
	input.authentication.anonymous.enabled == true
	msg := "the kubelet takes anonymous requests (authentication.anonymous.enabled: true)"
}

deny contains finding.fixed(finding.at(input, "authorization.mode", msg), set("/authorization/mode", "Webhook")) if {
	input.authorization.mode == "AlwaysAllow"
	msg := "the kubelet allows every request (authorization.mode: AlwaysAllow)"
}

deny contains finding.fixed(finding.at(input, "readOnlyPort", msg), set("/readOnlyPort", 0)) if {
	is_number(input.readOnlyPort)
	input.readOnlyPort != 0
	msg := sprintf("the kubelet tells everybody about its Pods on port %v (readOnlyPort)", [input.readOnlyPort])
}
