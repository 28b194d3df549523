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
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: "*", kinds: ["*"]}
#   requires: [lintel/Place]
#   profiles: []
#   parameters:
#     acrossFolders: {type: boolean, default: false, description: "Compare all files of the run instead of those of one folder."}
#   remediation: Remove one definition or give it another name.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.duplicate_object

import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.partners
import data.lintel.lib.resource

# Objects of several folders are often variants for several clusters, so those of one folder count.
deny contains finding.at(input, "metadata.name", msg) if {
	some copies in repeated[resource.group][input.kind][namespace][input.metadata.name]
	input in copies.objects
	msg := sprintf("%s %q is defined %d times: %s", [input.kind, resource.name, copies.count, copies.text])
}

# repeated lists the places of objects that are defined more than once, folder by folder or, when asked for, across folders.
repeated := {group: {kind: {scope: {name: found |
	some name, places in names
	count(places) > 1
	found := [copies | some together in groups_of(places); copies := copies_of(together)]
	count(found) > 0
} |
	some scope, names in scopes
} |
	some kind, scopes in kinds
} |
	some group, kinds in data.places
}

groups_of(places) := {places} if {
	data.parameters["LT-REF-018"].acrossFolders == true
} else := index.grouped([{"key": place.folder, "value": place} | some place in places])

copies_of(together) := {"count": count(together), "objects": {place.object | some place in together}, "text": partners.all(shown)} if {
	count(together) > 1
	shown := [sprintf("%s:%d", [place.file, place.line]) | some place in together]
}

# namespace is "" for objects outside namespaces, which the manifest alone does not tell.
namespace := resource.namespace if {
	data.places[resource.group][input.kind][resource.namespace][input.metadata.name]
} else := "" if {
	not input.metadata.namespace
}
