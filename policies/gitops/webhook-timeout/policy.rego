# METADATA
# scope: package
# title: Webhook has no short time-out or hides side effects
# description: Every matched request waits for the webhook; ten seconds of waiting per request is an outage, and hidden side effects break dry runs.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/
# custom:
#   id: LT-HOOK-004
#   slug: webhook-timeout
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: admissionregistration.k8s.io, kinds: [ValidatingWebhookConfiguration, MutatingWebhookConfiguration]}
#   profiles: [recommended]
#   parameters:
#     maxSeconds: {type: integer, minimum: 1, default: 10}
#     requireExplicit: {type: boolean, default: true}
#   remediation: Set timeoutSeconds to a few seconds, sideEffects to None and matchPolicy to Equivalent.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     mitre-attack: ["T1499"]
#     soc2-2017: ["A1.2"]
package lintel.gitops.webhook_timeout

import data.lintel.lib.finding
import data.lintel.lib.webhooks

deny contains finding.fixed(finding.at(webhook, "timeoutSeconds", msg), [{"op": "add", "path": "/timeoutSeconds", "value": parameters.maxSeconds, "unsafe": true}]) if {
	some webhook in webhooks.all
	webhooks.fails_closed(webhook)
	parameters.requireExplicit
	not timed(webhook)
	msg := sprintf("%s fails closed and sets no timeoutSeconds", [webhooks.describe(webhook)])
}

deny contains finding.fixed(finding.at(webhook, "timeoutSeconds", msg), [{"op": "add", "path": "/timeoutSeconds", "value": parameters.maxSeconds, "unsafe": true}]) if {
	some webhook in webhooks.all
	webhooks.fails_closed(webhook)
	is_number(webhook.timeoutSeconds)
	webhook.timeoutSeconds > parameters.maxSeconds
	msg := sprintf("%s fails closed only after %v seconds", [webhooks.describe(webhook), webhook.timeoutSeconds])
}

deny contains finding.at(webhook, "sideEffects", msg) if {
	some webhook in webhooks.all
	effects := object.get(webhook, "sideEffects", "Unknown")
	not effects in {"None", "NoneOnDryRun"}
	msg := sprintf("%s declares sideEffects %v", [webhooks.describe(webhook), effects])
}

deny contains finding.fixed(finding.at(webhook, "matchPolicy", msg), [{"op": "replace", "path": "/matchPolicy", "value": "Equivalent", "unsafe": true}]) if {
	some webhook in webhooks.all
	webhook.matchPolicy == "Exact"
	msg := sprintf("%s misses the other versions of its resources (matchPolicy Exact)", [webhooks.describe(webhook)])
}

timed(webhook) if is_number(webhook.timeoutSeconds)

parameters := data.parameters["LT-HOOK-004"]
