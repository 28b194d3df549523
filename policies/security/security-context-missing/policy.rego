# METADATA
# scope: package
# title: Security context is missing
# description: "A container without a security context runs with the defaults of the runtime, which are made to start everything."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: LT-POD-034
#   slug: security-context-missing
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
#   parameters:
#     scope: {type: string, enum: [container, pod, both], default: container, description: "Who needs a context of its own: every container, the Pod, or both."}
#   remediation: "Add a securityContext that drops capabilities, forbids escalation and runs as a user other than root."
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.7.3"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1611"]
#     soc2-2017: ["CC6.1"]
package lintel.security.security_context_missing

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(c, "securityContext", msg), [
	{"op": "add", "path": "/securityContext/allowPrivilegeEscalation", "value": false, "unsafe": true},
	{"op": "add", "path": "/securityContext/capabilities/drop", "value": ["ALL"]},
]) if {
	data.parameters["LT-POD-034"].scope in {"container", "both"}
	some c in resource.containers
	not has_context(c)
	msg := sprintf("%s has no securityContext", [resource.describe(c)])
}

deny contains finding.fixed(finding.at(resource.pod_spec, "securityContext", msg), [{"op": "add", "path": "/securityContext/runAsNonRoot", "value": true, "unsafe": true}]) if {
	data.parameters["LT-POD-034"].scope in {"pod", "both"}
	not has_context(resource.pod_spec)
	msg := "the Pod has no securityContext"
}

has_context(holder) if {
	is_object(holder.securityContext)
	count(holder.securityContext) > 0
}
