# METADATA
# scope: package
# title: Tiller of Helm 2 is deployed
# description: Tiller accepts commands without authentication and usually has every right in the cluster; Helm 2 has been unsupported since 2020.
# related_resources:
# - ref: https://helm.sh/docs/topics/v2_v3_migration/
# custom:
#   id: LT-POD-052
#   slug: tiller
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [pod]
#   profiles: [recommended, all]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   - {group: "", kinds: [Service]}
#   requires: []
#   parameters: {}
#   remediation: Remove Tiller and manage releases with Helm 3 or later.
#   effort: high
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     mitre-attack: ["T1609", "T1610"]
#     soc2-2017: ["CC7.1"]
package lintel.security.tiller

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource

deny contains finding.at(c, "image", msg) if {
	some c in resource.containers
	endswith(image.by_reference[c.image].name, "/tiller")
	msg := sprintf("%s runs Tiller (%s)", [resource.describe(c), c.image])
}

deny contains finding.at(input, "metadata.labels", msg) if {
	is_tiller(resource.labels)
	msg := sprintf("%s %q carries the labels of Tiller", [input.kind, resource.name])
}

deny contains finding.at(resource.template, "metadata.labels", msg) if {
	not resource.is_pod
	is_tiller(resource.pod_labels)
	msg := sprintf("the Pods of %s %q carry the labels of Tiller", [input.kind, resource.name])
}

is_tiller(labels) if {
	labels.app == "helm"
	labels.name == "tiller"
}
