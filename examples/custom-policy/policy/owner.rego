package main

# METADATA
# title: Object has no known owner
# description: Alerts about an object without an owner reach nobody.
# custom:
#   severity: medium
#   remediation: Set the label team to one of the teams in data.yaml.
deny_owner contains msg if {
	not input.metadata.labels.team in data.teams
	msg := sprintf("%s %q belongs to none of the teams %s", [input.kind, input.metadata.name, concat(", ", data.teams)])
}
