# METADATA
# scope: package
# title: Runtime class is not allowed
# description: A runtime class decides how strongly a Pod is isolated. Inert until a list is configured.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/containers/runtime-class/
# custom:
#   id: LT-POD-045
#   slug: runtime-class
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
#   parameters:
#     allowed: {type: array, items: {type: string}, default: [], description: "Classes accepted; an empty text in the list accepts Pods without one. An empty list accepts all."}
#   remediation: Set runtimeClassName to one of the allowed classes.
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.security.runtime_class

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(resource.pod_spec, "runtimeClassName", msg), [{"op": "add", "path": "/runtimeClassName", "value": name, "unsafe": true} |
	name := data.parameters["LT-POD-045"].allowed[0]
	name != ""
]) if {
	resource.is_workload
	count(data.parameters["LT-POD-045"].allowed) > 0
	class := object.get(resource.pod_spec, "runtimeClassName", "")
	not class in data.parameters["LT-POD-045"].allowed
	msg := sprintf("the Pod uses the runtime class %q, which is not allowed (runtimeClassName)", [class])
}
