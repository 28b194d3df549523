# METADATA
# scope: package
# title: Project role may do everything
# description: Wildcard rights on applications, or exec, make a project token as good as a cluster credential; without expiry it stays so.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/
# custom:
#   id: LT-ARGO-007
#   slug: argo-project-role-wide
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [AppProject]}
#   profiles: [recommended]
#   remediation: Name the actions and applications of the role, and give its tokens an expiry.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1098.006"]
#     soc2-2017: ["CC6.3"]
package lintel.gitops.argo_project_role_wide

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(role, sprintf("policies[%d]", [index]), msg) if {
	some role in input.spec.roles
	some index, line in role.policies
	fields := [trim_space(field) | some field in split(line, ",")]
	count(fields) >= 6
	lower(fields[5]) == "allow"
	wide(fields[2], fields[3], fields[4])
	msg := sprintf("role %v of AppProject %q may %s %s on %s", [role.name, resource.name, fields[3], fields[2], fields[4]])
}

deny contains finding.on(token, msg) if {
	some role in input.spec.roles
	some token in role.jwtTokens
	is_object(token)
	object.get(token, "exp", 0) == 0
	msg := sprintf("a token of role %v of AppProject %q never expires", [role.name, resource.name])
}

wide("exec", _, object_pattern) if contains(object_pattern, "*")

wide("exec", "*", _)

wide("applications", "*", object_pattern) if endswith(object_pattern, "*")

wide("*", _, _)
