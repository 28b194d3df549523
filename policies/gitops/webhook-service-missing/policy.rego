# METADATA
# scope: package
# title: Webhook calls a Service that does not exist
# description: The API server cannot reach the webhook; with failurePolicy Fail every request it matches is refused.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference
# custom:
#   id: LT-HOOK-003
#   slug: webhook-service-missing
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: admissionregistration.k8s.io, kinds: [ValidatingWebhookConfiguration, MutatingWebhookConfiguration]}
#   - {group: apiregistration.k8s.io, kinds: [APIService]}
#   - {group: apiextensions.k8s.io, kinds: [CustomResourceDefinition]}
#   requires: [Service]
#   profiles: [recommended]
#   parameters:
#     externalServices: {type: array, items: {type: string}, default: []}
#   remediation: Name an existing Service and port, with Pods behind it.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     soc2-2017: ["A1.2"]
package lintel.gitops.webhook_service_missing

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.resource
import data.lintel.lib.webhooks
import data.lintel.lib.world

deny contains finding.reference(ref, "name", msg, verdict) if {
	some client in clients
	ref := client.service
	not found(ref)
	verdict := world.missing(ref.namespace, "", "Service", ref.name)
	not ref.name in data.parameters["LT-HOOK-003"].externalServices
	msg := sprintf("%s %q calls Service %v/%v, which does not exist", [input.kind, resource.name, ref.namespace, ref.name])
}

deny contains finding.at(ref, "port", msg) if {
	some client in clients
	ref := client.service
	service := bundle.services[ref.namespace][ref.name]
	port := object.get(ref, "port", 443)
	not port in {entry.port | some entry in service.spec.ports}
	msg := sprintf("%s %q calls port %v of Service %s/%s, which does not have it", [input.kind, resource.name, port, ref.namespace, ref.name])
}

deny contains finding.reference(ref, "name", msg, verdict) if {
	some client in clients
	ref := client.service
	service := bundle.services[ref.namespace][ref.name]
	count(service.spec.selector) > 0
	not index.finds("pods", ref.namespace, {"matchLabels": world.settled(service.spec.selector)})
	verdict := world.unselected(ref.namespace, world.settled(service.spec.selector))
	msg := sprintf("%s %q calls Service %s/%s, which selects no Pod", [input.kind, resource.name, ref.namespace, ref.name])
}

deny contains finding.at(client, "url", msg) if {
	some client in clients
	is_string(client.url)
	not startswith(client.url, "https://")
	msg := sprintf("%s %q calls %s, which is not https", [input.kind, resource.name, client.url])
}

found(ref) if bundle.services[ref.namespace][ref.name]

clients := [webhook.clientConfig | some webhook in webhooks.all] if {
	is_array(input.webhooks)
} else := [input.spec.conversion.webhook.clientConfig] if {
	input.kind == "CustomResourceDefinition"
} else := [input.spec] if {
	is_object(input.spec.service)
}
