# METADATA
# scope: package
# title: Flux notification is open or holds credentials
# description: A receiver without a secret lets anybody start reconciliations; an address with a token in it leaks it.
# related_resources:
# - ref: https://fluxcd.io/flux/components/notification/
# custom:
#   id: LT-FLUX-018
#   slug: flux-notification-webhook
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: notification.toolkit.fluxcd.io, kinds: [Alert, Provider, Receiver]}
#   profiles: [recommended]
#   remediation: Keep addresses and tokens in a Secret, use https, and name the event sources.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-8", "NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "CC6.7"]
package lintel.gitops.flux_notification_webhook

import data.lintel.lib.finding
import data.lintel.lib.flux
import data.lintel.lib.resource
import data.lintel.lib.secrets
import data.lintel.lib.urls

deny contains finding.hidden(input, "spec.address", msg) if {
	input.kind == "Provider"
	urls.insecure(input.spec.address)
	msg := sprintf("%s sends in clear text", [flux.described])
}

deny contains finding.hidden(input, "spec.address", msg) if {
	input.kind == "Provider"
	address := input.spec.address
	secret_address(address)
	msg := sprintf("%s has a credential in its address", [flux.described])
}

deny contains finding.at(input, "spec.secretRef", msg) if {
	input.kind == "Receiver"
	object.get(input.spec, ["secretRef", "name"], "") == ""
	msg := sprintf("%s has no secret, so anybody can trigger it", [flux.described])
}

deny contains finding.at(source, "namespace", msg) if {
	input.kind == "Alert"
	some source in input.spec.eventSources
	source.name == "*"
	object.get(source, "namespace", resource.namespace) != resource.namespace
	msg := sprintf("%s reads every %v of namespace %v", [flux.described, source.kind, source.namespace])
}

secret_address(address) if secrets.looks_like_key(address)

secret_address(address) if {
	some mark in ["token=", "sig=", "key=", "/webhooks/", ".webhook.office.com/"]
	contains(address, mark)
}
