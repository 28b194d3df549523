# METADATA
# scope: package
# title: RuntimeClass does not exist
# description: Pods with an unknown runtime class are refused at admission.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/containers/runtime-class/
# custom:
#   id: LT-REF-014
#   slug: missing-runtime-class
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [reliability]
#   confidence: exact
#   scope: bundle
#   targets:
#   - workloads
#   requires: [node.k8s.io/RuntimeClass]
#   profiles: []
#   parameters:
#     knownClasses: {type: array, items: {type: string}, default: []}
#   remediation: Add the RuntimeClass or correct runtimeClassName.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.missing_runtime_class

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(resource.pod_spec, "runtimeClassName", msg) if {
	name := resource.pod_spec.runtimeClassName
	is_string(name)
	not name in bundle.cluster_names("node.k8s.io", "RuntimeClass")
	not name in data.parameters["LT-REF-014"].knownClasses
	msg := sprintf("%s %q uses the unknown runtime class %q", [input.kind, resource.name, name])
}
