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
#   requires: [lintel/Place]
#   profiles: []
#   operations: [CREATE, UPDATE]
#   parameters:
#     acrossFolders: {type: boolean, default: false, description: "Compare all files of the run instead of those of one folder."}
#   remediation: Remove one definition or give it another name.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.duplicate_object

import data.lintel.lib.finding
import data.lintel.lib.resource

# Objects of several folders are often variants for several clusters, so those of one folder count.
deny contains finding.at(input, "metadata.name", msg) if {
	places := data.places[resource.group][input.kind][namespace][input.metadata.name]
	count(places) > 1
	some own in places
	own.object == input
	together := [sprintf("%s:%d", [place.file, place.line]) | some place in places; counts(place, own.folder)]
	count(together) > 1
	msg := sprintf("%s %q is defined %d times: %s", [input.kind, resource.name, count(together), concat(", ", together)])
}

counts(place, folder) if place.folder == folder

counts(_, _) if data.parameters["LT-REF-018"].acrossFolders == true

# namespace is "" for objects outside namespaces, which the manifest alone does not tell.
namespace := resource.namespace if {
	data.places[resource.group][input.kind][resource.namespace][input.metadata.name]
} else := "" if {
	not input.metadata.namespace
}
