# METADATA
# scope: package
# title: Policy engine object is not in force
# description: Constraints without template do nothing; dryrun, warn and Audit only report; an exemption for "*" exempts everything.
# related_resources:
# - ref: https://open-policy-agent.github.io/gatekeeper/website/docs/violations
# custom:
#   id: LT-HOOK-007
#   slug: engine-shape
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - {group: constraints.gatekeeper.sh, kinds: ["*"]}
#   - {group: kyverno.io, kinds: [ClusterPolicy, Policy, PolicyException]}
#   requires: []
#   profiles: []
#   parameters:
#     requireEnforcement: {type: boolean, default: true}
#   remediation: Enforce the policy and narrow its exemptions.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["CC6.8", "CC8.1"]
package lintel.gitops.engine_shape

import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource

deny contains finding.at(input, "kind", msg) if {
	resource.group == "constraints.gatekeeper.sh"
	count(template_kinds) > 0
	not input.kind in template_kinds
	msg := sprintf("constraint %q has the kind %s, which no ConstraintTemplate defines", [resource.name, input.kind])
}

deny contains finding.fixed(finding.at(input, "spec.enforcementAction", msg), [{"op": "replace", "path": "/spec/enforcementAction", "value": "deny", "unsafe": true}]) if {
	resource.group == "constraints.gatekeeper.sh"
	data.parameters["LT-HOOK-007"].requireEnforcement
	input.spec.enforcementAction in {"dryrun", "warn"}
	msg := sprintf("constraint %q only reports (enforcementAction %s)", [resource.name, input.spec.enforcementAction])
}

deny contains finding.fixed(finding.at(input, "spec.validationFailureAction", msg), [{"op": "replace", "path": "/spec/validationFailureAction", "value": "Enforce", "unsafe": true}]) if {
	input.kind in {"ClusterPolicy", "Policy"}
	data.parameters["LT-HOOK-007"].requireEnforcement
	lower(input.spec.validationFailureAction) == "audit"
	msg := sprintf("%s %q only reports (validationFailureAction %s)", [input.kind, resource.name, input.spec.validationFailureAction])
}

deny contains finding.fixed(finding.at(rule, "validate.failureAction", msg), [{"op": "replace", "path": "/validate/failureAction", "value": "Enforce", "unsafe": true}]) if {
	input.kind in {"ClusterPolicy", "Policy"}
	data.parameters["LT-HOOK-007"].requireEnforcement
	some rule in input.spec.rules
	rule.validate.failureAction == "Audit"
	msg := sprintf("rule %v of %s %q only reports", [rule.name, input.kind, resource.name])
}

deny contains finding.at(exception, "ruleNames", msg) if {
	input.kind == "PolicyException"
	some exception in input.spec.exceptions
	"*" in exception.ruleNames
	msg := sprintf("PolicyException %q exempts from every rule of %v", [resource.name, exception.policyName])
}

template_kinds := {template.spec.crd.spec.names.kind | some template in inventory.cluster("templates.gatekeeper.sh", "ConstraintTemplate")}
