# METADATA
# scope: package
# title: Template uses a value that nothing defines
# description: A value that neither values.yaml nor any set of values has writes nothing, and a misspelt one ignores what users set.
# related_resources:
# - ref: https://helm.sh/docs/chart_template_guide/values_files/
# custom:
#   id: LT-GIT-006
#   slug: helm-undefined-value
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: lintel, kinds: [HelmTemplates]}
#   profiles: [recommended]
#   remediation: Correct the name, or give the value a default in values.yaml.
#   effort: low
#   compliance: {}
package lintel.gitops.helm_undefined_value

import data.lintel.lib.finding
import data.lintel.lib.slips

# A value that resembles an unused default is misspelt; any other may be meant to be given by users.
deny contains object.union(finding.at(item, "name", msg), weight(item)) if {
	some item in input.undefinedValues
	msg := sprintf("value %v is defined by no values file%s%s", [item.name, slips.meant(item), why(item)])
}

why(item) := sprintf(": %s", [item.detail]) if {
	item.detail
} else := ""

weight(item) := {} if {
	item.suggestion
} else := {} if {
	item.detail
} else := {"severity": "low"}
