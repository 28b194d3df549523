# METADATA
# scope: package
# title: Template moves a block to a wrong column
# description: Lines that nindent moves out of their block become part of another one, or make the output no YAML at all.
# related_resources:
# - ref: https://helm.sh/docs/chart_template_guide/function_list/
# custom:
#   id: LT-GIT-007
#   slug: helm-indentation
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: lintel, kinds: [HelmTemplates]}
#   profiles: [recommended]
#   remediation: Give nindent the column of the block that the lines belong to.
#   effort: low
#   compliance: {}
package lintel.gitops.helm_indentation

import data.lintel.lib.finding

deny contains finding.at(item, "name", msg) if {
	some item in input.indentation
	msg := sprintf("%s moves its lines out of their block: %s", [item.name, item.detail])
}
