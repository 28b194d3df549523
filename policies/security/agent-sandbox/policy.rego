# METADATA
# scope: package
# title: Agent sandbox is not isolated
# description: "A sandbox runs code nobody has reviewed: it needs a runtime class that isolates it and limits on what it may use."
# related_resources:
# - ref: https://agent-sandbox.sigs.k8s.io/
# custom:
#   id: LT-POD-065
#   slug: agent-sandbox
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [sandbox]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: agents.x-k8s.io, kinds: [Sandbox]}
#   - {group: extensions.agents.x-k8s.io, kinds: [SandboxTemplate]}
#   requires: []
#   parameters:
#     sharedKernelClasses: {type: array, items: {type: string}, default: [runc, crun], description: "Runtime classes that share the kernel of the node."}
#   remediation: Set runtimeClassName to an isolating runtime and give every container CPU and memory limits.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["POD-6"]
#     mitre-attack: ["T1611"]
package lintel.security.agent_sandbox

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(pod_spec, "runtimeClassName", msg) if {
	not isolated
	msg := sprintf("%s %q names no runtimeClassName that isolates it", [input.kind, resource.name])
}

deny contains finding.at(c, concat(".", ["resources.limits", name]), msg) if {
	some c in pod_spec.containers
	some name in ["cpu", "memory"]
	not limited(c, name)
	msg := sprintf("%s of %s %q has no %s limit", [resource.describe(c), input.kind, resource.name, name])
}

deny contains finding.at(pod_spec, "automountServiceAccountToken", msg) if {
	not pod_spec.automountServiceAccountToken == false
	msg := sprintf("%s %q mounts the token of its service account", [input.kind, resource.name])
}

pod_spec := input.spec.podTemplate.spec

isolated if {
	is_string(pod_spec.runtimeClassName)
	not pod_spec.runtimeClassName in data.parameters["LT-POD-065"].sharedKernelClasses
}

limited(c, name) if c.resources.limits[name] != null
