# METADATA
# scope: package
# title: Chart asks for a template that nobody defines
# description: Rendering fails as soon as values lead to the line, which tests with the defaults need not do.
# related_resources:
# - ref: https://helm.sh/docs/chart_template_guide/named_templates/
# custom:
#   id: LT-GIT-004
#   slug: helm-undefined-template
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: lintel, kinds: [HelmTemplates]}
#   profiles: [recommended]
#   remediation: Correct the name, or define the template.
#   effort: low
#   compliance: {}
package lintel.gitops.helm_undefined_template

import data.lintel.lib.finding
import data.lintel.lib.slips

# The lists of input are filled in where the chart is read, with the places of what they name.
deny contains finding.at(item, "name", msg) if {
	some item in input.undefinedTemplates
	msg := sprintf("template %q is defined nowhere in the chart%s", [item.name, slips.meant(item)])
}
