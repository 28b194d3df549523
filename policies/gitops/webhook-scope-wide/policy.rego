# METADATA
# scope: package
# title: Webhook matches far more than it needs
# description: Wildcards and hot or sensitive resources put the webhook into every request, node heartbeats and logins included.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/
# custom:
#   id: LT-HOOK-005
#   slug: webhook-scope-wide
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: admissionregistration.k8s.io, kinds: [ValidatingWebhookConfiguration, MutatingWebhookConfiguration]}
#   profiles: [recommended]
#   remediation: List the groups, resources and operations the webhook judges.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     mitre-attack: ["T1562.001"]
#     soc2-2017: ["A1.2", "CC6.3"]
package lintel.gitops.webhook_scope_wide

import data.lintel.lib.finding
import data.lintel.lib.webhooks

deny contains finding.at(rule, sprintf("%s[%d]", [field, index]), msg) if {
	some webhook in webhooks.all
	some rule in webhook.rules
	some field in ["apiGroups", "resources", "operations"]
	some index, value in rule[field]
	value in {"*", "*/*"}
	msg := sprintf("%s matches every value of %s", [webhooks.describe(webhook), field])
}

deny contains finding.at(rule, sprintf("resources[%d]", [index]), msg) if {
	some webhook in webhooks.all
	some rule in webhook.rules
	some index, name in rule.resources
	name in {"nodes", "nodes/status", "leases", "events", "subjectaccessreviews", "tokenreviews", "pods/exec", "pods/attach", "pods/status", "endpoints", "endpointslices"}
	msg := sprintf("%s matches the hot or critical resource %s", [webhooks.describe(webhook), name])
}

deny contains finding.at(rule, sprintf("resources[%d]", [index]), msg) if {
	input.kind == "MutatingWebhookConfiguration"
	some webhook in webhooks.all
	some rule in webhook.rules
	some index, "secrets" in rule.resources
	msg := sprintf("%s sees and may change every Secret", [webhooks.describe(webhook)])
}
