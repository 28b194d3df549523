# METADATA
# scope: package
# title: Chart is old-fashioned or not pinned
# description: Charts of the old format or with floating or unprotected dependencies build differently every day.
# related_resources:
# - ref: https://helm.sh/docs/topics/charts/
# custom:
#   id: LT-GIT-002
#   slug: helm-shape
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: lintel, kinds: [HelmChart]}
#   profiles: []
#   remediation: Use apiVersion v2, exact dependency versions and https or oci repositories.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-8", "UPG-1"]
#     soc2-2017: ["CC8.1"]
package lintel.gitops.helm_shape

import data.lintel.lib.finding
import data.lintel.lib.urls

deny contains finding.at(input.chart, "apiVersion", msg) if {
	input.chart.apiVersion == "v1"
	msg := sprintf("chart %v uses the chart format v1", [input.chart.name])
}

deny contains finding.at(dependency, "version", msg) if {
	some dependency in input.chart.dependencies
	version := object.get(dependency, "version", "")
	floating(version)
	msg := sprintf("dependency %v of chart %v %s", [dependency.name, input.chart.name, unpinned(version)])
}

deny contains finding.at(dependency, "repository", msg) if {
	some dependency in input.chart.dependencies
	urls.insecure(dependency.repository)
	msg := sprintf("dependency %v of chart %v comes from %s", [dependency.name, input.chart.name, dependency.repository])
}

# hasValuesSchema and locked are filled in by the reader, where the files beside the chart are at hand.
deny contains finding.at(input.chart, "dependencies", msg) if {
	is_boolean(input.hasValuesSchema)
	not input.locked
	count(fetched) > 0
	msg := sprintf("chart %v has dependencies but no Chart.lock beside it", [input.chart.name])
}

deny contains finding.at(dependency, "version", msg) if {
	some dependency in fetched
	problem := drift(dependency)
	msg := sprintf("dependency %v of chart %v %s", [dependency.name, input.chart.name, problem])
}

deny contains finding.at(input.chart, "name", msg) if {
	input.hasValuesSchema == false
	not input.chart.type == "library"
	msg := sprintf("chart %v has no values.schema.json, so a misspelled value is ignored", [input.chart.name])
}

fetched := [dependency |
	some dependency in input.chart.dependencies
	is_string(dependency.repository)
	dependency.repository != ""
	not startswith(dependency.repository, "file://")
]

drift(dependency) := "is not in Chart.lock" if {
	input.locked
	not input.locked[dependency.name]
} else := sprintf("is %v here and %s in Chart.lock", [dependency.version, concat(", ", locked)]) if {
	semver.is_valid(dependency.version)
	locked := input.locked[dependency.name]
	not dependency.version in locked
}

unpinned(version) := "has no version" if {
	version == ""
} else := sprintf("takes any version in %q", [version])

floating(version) if version in {"", "*"}

floating(version) if regex.match(`^>=?[^<]*$`, version)
