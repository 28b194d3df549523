# METADATA
# scope: package
# title: Object is defined twice
# description: The last one applied wins without a word, and which one that is depends on the order of files.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
# custom:
#   id: LT-REF-018
#   slug: duplicate-object
#   version: 1.0.0
#   status: stable
#   severity: high
#   category: gitops
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: "*", kinds: ["*"]}
#   requires: []
#   profiles: []
#   operations: [CREATE, UPDATE]
#   remediation: Remove one definition or give it another name.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.duplicate_object

import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(input, "metadata.name", msg) if {
	is_string(input.metadata.name)
	input.metadata.name != ""
	some place in [data.inventory.cluster, object.get(data.inventory.namespace, resource.namespace, {})]
	differs(place)
	msg := sprintf("%s %q is defined twice", [input.kind, resource.name])
}

# The inventory keeps the last object of a name; an earlier one is not the same any more.
differs(place) if {
	namespaced_like(place)
	place[input.apiVersion][input.kind][input.metadata.name] != input
}

differs(place) if {
	namespaced_like(place)
	some api_version, kinds in place
	api_version != input.apiVersion
	inventory.group_of(api_version) == resource.group
	kinds[input.kind][input.metadata.name]
}

namespaced_like(place) if {
	place == data.inventory.cluster
	not input.metadata.namespace
}

namespaced_like(place) if place != data.inventory.cluster
