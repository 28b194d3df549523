# METADATA
# scope: package
# title: Namespace does not enforce Pod Security
# description: Without the enforce label a namespace accepts privileged Pods; a wrong value fails closed or is ignored.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/
# custom:
#   id: LT-POD-051
#   slug: psa-labels
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [namespace]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Namespace]}
#   requires: []
#   parameters:
#     exemptNamespaces: {type: array, items: {type: string}, default: [kube-system, kube-public, kube-node-lease], description: "Namespaces that may run privileged Pods."}
#   remediation: "Label the namespace with pod-security.kubernetes.io/enforce: baseline or restricted, and pin enforce-version."
#   fix: {rule: deny}
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.1"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1610", "T1611"]
#     soc2-2017: ["CC6.1", "CC6.8"]
package lintel.security.psa_labels

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, "metadata.labels", msg), enforce_baseline) if {
	not exempt
	not labelled
	msg := sprintf("Namespace %q has no label pod-security.kubernetes.io/enforce, so it accepts privileged Pods", [resource.name])
}

deny contains finding.fixed(finding.at(input, field, msg), enforce_baseline) if {
	not exempt
	resource.labels["pod-security.kubernetes.io/enforce"] == "privileged"
	field := `metadata.labels["pod-security.kubernetes.io/enforce"]`
	msg := sprintf("Namespace %q enforces the level privileged, which allows everything", [resource.name])
}

deny contains finding.at(input, field, msg) if {
	some mode in ["enforce", "audit", "warn"]
	key := concat("", ["pod-security.kubernetes.io/", mode])
	level := resource.labels[key]
	not level in {"privileged", "baseline", "restricted"}
	field := sprintf("metadata.labels[%q]", [key])
	msg := sprintf("Namespace %q has the unknown level %q in the label %s", [resource.name, level, key])
}

deny contains finding.fixed(finding.at(input, field, msg), [{"op": "replace", "path": field, "value": "latest", "unsafe": true}]) if {
	some mode in ["enforce", "audit", "warn"]
	key := sprintf("pod-security.kubernetes.io/%s-version", [mode])
	version := resource.labels[key]
	not valid_version(version)
	field := sprintf("metadata.labels[%q]", [key])
	msg := sprintf("Namespace %q has the unknown version %q in the label %s", [resource.name, version, key])
}

labelled if resource.labels["pod-security.kubernetes.io/enforce"]

valid_version("latest")

valid_version(version) if regex.match(`^v1\.(0|[1-9][0-9]{0,2})$`, version)

exempt if resource.name in data.parameters["LT-POD-051"].exemptNamespaces

enforce_baseline := [{"op": "add", "path": "/metadata/labels/pod-security.kubernetes.io~1enforce", "value": "baseline", "unsafe": true}]
