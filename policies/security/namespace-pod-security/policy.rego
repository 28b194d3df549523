# METADATA
# scope: package
# title: Namespace refuses Pods like these
# description: "The namespace of the input enforces a Pod Security level that the Pods break, so the API server will not create them."
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/
# custom:
#   id: LT-POD-061
#   slug: namespace-pod-security
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [pod, namespace]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - workloads
#   requires: [Namespace]
#   parameters: {}
#   remediation: "Make the Pods fit the level, or run them in another namespace."
#   effort: medium
#   compliance:
#     cis-k8s-1.8: ["5.2.1"]
#     nsa-cisa-1.2: ["POD-4"]
#     mitre-attack: ["T1610", "T1611"]
#     soc2-2017: ["CC6.1", "CC6.8"]
package lintel.security.namespace_pod_security

import data.lintel.lib.finding
import data.lintel.lib.levels
import data.lintel.lib.resource

deny contains finding.at(resource.template, "spec", msg) if {
	resource.is_workload
	level != "privileged"
	some messages in refused with data.settings.pod_security_version as version with data.parameters as levels.parameters
	count(messages) > 0
	msg := sprintf("%s %q does not meet the level %s (%s) that namespace %q enforces: %s", [input.kind, resource.name, level, shown_version, resource.namespace, concat("; ", sort(messages))])
}

refused := [{problem.msg | some problem in levels.baseline}] if {
	level == "baseline"
} else := [{problem.msg | some problem in levels.restricted}]

enforced := data.inventory.cluster.v1.Namespace[resource.namespace].metadata.labels

# An unknown level is enforced as restricted, a missing one as privileged.
level := "privileged" if {
	not labelled
} else := enforced["pod-security.kubernetes.io/enforce"] if {
	enforced["pod-security.kubernetes.io/enforce"] in {"privileged", "baseline"}
} else := "restricted"

labelled if enforced["pod-security.kubernetes.io/enforce"]

# A malformed version is evaluated as the latest one.
version := trim_prefix(label, "v") if {
	label := enforced["pod-security.kubernetes.io/enforce-version"]
	regex.match(`^v1\.(0|[1-9][0-9]{0,2})$`, label)
} else := "latest"

shown_version := version if {
	version == "latest"
} else := concat("", ["v", version])
