# METADATA
# scope: package
# title: Namespace has no ResourceQuota
# description: "Without a quota one team, or one runaway controller, can use up the whole cluster."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/policy/
# custom:
#   id: LT-RES-009
#   slug: namespace-quota
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
#   requires: [ResourceQuota]
#   parameters:
#     exemptNamespaces: {type: array, items: {type: string}, default: [default, kube-system, kube-public, kube-node-lease], description: "Namespaces left alone."}
#   remediation: Add a ResourceQuota to the namespace.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-3"]
#     mitre-attack: ["T1499"]
#     soc2-2017: ["A1.1"]
package lintel.reliability.namespace_quota

import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(input, "metadata.name", msg) if {
	not resource.name in data.parameters["LT-RES-009"].exemptNamespaces
	count(inventory.namespaced(resource.name, "", "ResourceQuota")) == 0
	msg := sprintf("Namespace %q has no ResourceQuota", [resource.name])
}
