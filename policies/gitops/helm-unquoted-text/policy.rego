# METADATA
# scope: package
# title: Template leaves out quotes that a text needs
# description: Labels, annotations, environment variables and arguments take texts. A version such as 1.20 without quotes is a number, and the API server refuses it or keeps 1.2.
# related_resources:
# - ref: https://helm.sh/docs/chart_template_guide/functions_and_pipelines/
# custom:
#   id: LT-GIT-008
#   slug: helm-unquoted-text
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: lintel, kinds: [HelmTemplates]}
#   profiles: [recommended]
#   remediation: Add quotes with the function quote.
#   effort: low
#   compliance: {}
package lintel.gitops.helm_unquoted_text

import data.lintel.lib.finding

deny contains finding.at(item, "name", msg) if {
	some item in input.unquoted
	msg := sprintf("%s writes a text without quotes: %s", [item.name, item.detail])
}
