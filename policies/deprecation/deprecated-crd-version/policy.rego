# METADATA
# scope: package
# title: Custom resource uses a deprecated or unserved version
# description: The CustomResourceDefinition beside it marks this version as deprecated or does not serve it.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/
# custom:
#   id: LT-API-008
#   slug: deprecated-crd-version
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [deprecation]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: "*", kinds: ["*"]}
#   requires: [apiextensions.k8s.io/CustomResourceDefinition]
#   profiles: [recommended]
#   remediation: Use a served version that is not deprecated.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     soc2-2017: ["CC7.1"]
package lintel.deprecation.deprecated_crd_version

import data.lintel.lib.crds
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "apiVersion", msg) if {
	some version in crds.versions[resource.group][input.kind][resource.version]
	not version.served == true
	msg := sprintf("%s %s is not served by its CustomResourceDefinition", [input.apiVersion, input.kind])
}

deny contains finding.at(input, "apiVersion", msg) if {
	some version in crds.versions[resource.group][input.kind][resource.version]
	version.deprecated == true
	msg := sprintf("%s %s is deprecated by its CustomResourceDefinition", [input.apiVersion, input.kind])
}
