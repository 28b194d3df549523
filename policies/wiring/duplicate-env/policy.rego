# METADATA
# scope: package
# title: Environment variable is listed twice
# description: The last entry wins without a word, and server-side apply refuses the object.
# related_resources:
# - ref: https://kubernetes.io/docs/tasks/inject-data-application/define-environment-variable-container/
# custom:
#   id: LT-REF-006
#   slug: duplicate-env
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [best-practice]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   profiles: [recommended]
#   remediation: Remove one of the entries.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.wiring.duplicate_env

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(c, sprintf("env[%d].name", [index]), msg), [{"op": "remove", "path": sprintf("/env/%d", [before])}]) if {
	some c in resource.containers
	names := [variable.name | some variable in c.env]
	count({name | some name in names}) != count(names)
	places := sort([[variable.name, index] | some index, variable in c.env])
	some number, [name, index] in places
	number > 0
	places[number - 1][0] == name

	# The last one counts, so that the one before it goes.
	before := places[number - 1][1]
	msg := sprintf("%s sets the environment variable %q twice", [resource.describe(c), name])
}
