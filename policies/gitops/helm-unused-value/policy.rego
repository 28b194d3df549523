# METADATA
# scope: package
# title: Default value of a chart is never used
# description: Whoever sets the value finds that nothing changes. The templates of the chart and of the charts in it mention it nowhere.
# related_resources:
# - ref: https://helm.sh/docs/chart_template_guide/values_files/
# custom:
#   id: LT-GIT-005
#   slug: helm-unused-value
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: lintel, kinds: [HelmTemplates]}
#   profiles: [recommended]
#   remediation: Use the value in a template, or remove it from values.yaml.
#   effort: low
#   compliance: {}
package lintel.gitops.helm_unused_value

import data.lintel.lib.finding

deny contains finding.at(item, "name", msg) if {
	some item in input.unusedValues
	msg := sprintf("no template looks at the value %v", [item.name])
}
