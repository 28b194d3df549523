# METADATA
# scope: package
# title: Alert rule is broken or goes unread
# description: Prometheus refuses a file with one bad rule; an alert without severity is routed nowhere, an unselected one never fires.
# related_resources:
# - ref: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
# custom:
#   id: LT-MON-005
#   slug: prometheusrule-shape
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: heuristic
#   scope: bundle
#   targets:
#   - {group: monitoring.coreos.com, kinds: [PrometheusRule]}
#   requires: []
#   profiles: [recommended]
#   parameters:
#     severityLabel: {type: string, default: severity}
#   remediation: Mend the expression or duration, add the severity label, and fit the labels to the ruleSelector.
#   effort: low
#   compliance:
#     soc2-2017: ["CC7.2"]
package lintel.gitops.prometheusrule_shape

import data.lintel.lib.finding
import data.lintel.lib.inventory
import data.lintel.lib.resource
import data.lintel.lib.selector

deny contains finding.at(rule, "expr", msg) if {
	some group in input.spec.groups
	some rule in group.rules
	problem := broken(object.get(rule, "expr", ""))
	msg := sprintf("expression of %s %s", [name_of(rule), problem])
}

deny contains finding.at(rule, field, msg) if {
	some group in input.spec.groups
	some rule in group.rules
	some field in ["for", "keep_firing_for"]
	duration := rule[field]
	not is_duration(duration)
	msg := sprintf("%q of %s is no duration: %v", [field, name_of(rule), duration])
}

deny contains finding.at(rule, "labels", msg) if {
	some group in input.spec.groups
	some rule in group.rules
	is_string(rule.alert)
	label := data.parameters["LT-MON-005"].severityLabel
	not labelled(rule, label)
	msg := sprintf("%s has no label %q", [name_of(rule), label])
}

deny contains finding.at(group, sprintf("rules[%d].alert", [index]), msg) if {
	some group in input.spec.groups
	some index in repeated(group.rules)
	rule := group.rules[index]
	msg := sprintf("%s is defined twice with the same labels", [name_of(rule)])
}

deny contains finding.at(input, "metadata.labels", msg) if {
	count(selectors) > 0
	every chosen in selectors { not selector.matches(chosen, resource.labels) }
	msg := sprintf("PrometheusRule %q is selected by no Prometheus", [resource.name])
}

# A Prometheus without ruleSelector selects no rules; an empty one selects all.
selectors contains owner.spec.ruleSelector if {
	some namespace, _ in data.inventory.namespace
	some owner in inventory.namespaced(namespace, "monitoring.coreos.com", "Prometheus")
}

# repeated has the indexes of the alerts that an earlier rule defines with the same labels.
repeated(rules) := {last[1] |
	alerts := sort([[[rule.alert, object.get(rule, "labels", {})], index] | some index, rule in rules; is_string(rule.alert)])
	some place, last in alerts
	place > 0
	alerts[place - 1][0] == last[0]
}

name_of(rule) := sprintf("alert %q", [rule.alert]) if {
	is_string(rule.alert)
} else := sprintf("record %v", [object.get(rule, "record", "")])

labelled(rule, label) if rule.labels[label] != ""

is_duration(text) if regex.match(`^(0|(([0-9]+)(ms|s|m|h|d|w|y))+)$`, text)

# Not a parser: what is left of an expression without its strings must be balanced and complete.
broken(expr) := "is empty" if {
	trim_space(sprintf("%v", [expr])) == ""
} else := "has unbalanced brackets" if {
	bare := without_strings(expr)
	some pair in [["(", ")"], ["[", "]"], ["{", "}"]]
	count(split(bare, pair[0])) != count(split(bare, pair[1]))
} else := "ends in an operator" if {
	regex.match(`([-+*/%^=<>!]|(^|[\s)])(and|or|unless|by|without|on|ignoring|offset|bool))\s*$`, without_strings(expr))
} else := "has an open string" if {
	regex.match("[\"'`]", without_strings(expr))
}

without_strings(expr) := regex.replace(regex.replace(expr, "\"(\\\\.|[^\"\\\\])*\"|'(\\\\.|[^'\\\\])*'|`[^`]*`", "_"), `#[^\n]*`, "") if {
	is_string(expr)
}
