# METADATA
# scope: package
# title: Namespace has no LimitRange
# description: A LimitRange gives containers that name no resources a sensible default and a ceiling.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/policy/
# custom:
#   id: LT-RES-010
#   slug: namespace-limitrange
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [namespace]
#   profiles: [all]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: "", kinds: [Namespace]}
#   requires: [LimitRange]
#   parameters:
#     exemptNamespaces: {type: array, items: {type: string}, default: [default, kube-system, kube-public, kube-node-lease], description: "Namespaces left alone."}
#   remediation: Add a LimitRange to the namespace.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-3"]
#     mitre-attack: ["T1499"]
#     soc2-2017: ["A1.1"]
package lintel.reliability.namespace_limitrange

import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(input, "metadata.name", msg) if {
	not resource.name in data.parameters["LT-RES-010"].exemptNamespaces
	count(inventory.namespaced(resource.name, "", "LimitRange")) == 0
	msg := sprintf("Namespace %q has no LimitRange", [resource.name])
}
