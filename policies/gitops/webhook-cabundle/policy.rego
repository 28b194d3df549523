# METADATA
# scope: package
# title: caBundle is broken, expired or about to expire
# description: When the CA of a webhook expires, the API server refuses its answers and, with failurePolicy Fail, every request it matches.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
# custom:
#   id: LT-HOOK-002
#   slug: webhook-cabundle
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: admissionregistration.k8s.io, kinds: [ValidatingWebhookConfiguration, MutatingWebhookConfiguration]}
#   - {group: apiregistration.k8s.io, kinds: [APIService]}
#   - {group: apiextensions.k8s.io, kinds: [CustomResourceDefinition]}
#   profiles: [recommended]
#   parameters:
#     days: {type: integer, minimum: 0, default: 30}
#     now: {type: string, default: "", description: "RFC 3339 time to judge by; the clock when empty"}
#   remediation: Let cert-manager inject the CA, or renew the certificate and the caBundle.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-8"]
#     soc2-2017: ["CC6.7", "A1.2"]
package lintel.gitops.webhook_cabundle

import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.webhooks
import data.lintel.lib.world

deny contains finding.at(client, "caBundle", msg) if {
	some client in clients
	problem := problem_of(client)
	msg := sprintf("caBundle of %s %q %s", [input.kind, resource.name, problem])
}

# Jobs and controllers fill it in as well, which nothing in the object shows.
deny contains finding.reference(client, "caBundle", msg, {"sure": false, "hint": ""}) if {
	world.strict
	some client in clients
	is_object(client.service)
	not injected
	not input.spec.insecureSkipTLSVerify == true
	blank(object.get(client, "caBundle", ""))
	msg := sprintf("caBundle of %s %q is missing, and no annotation asks for it", [input.kind, resource.name])
}

deny contains finding.at(input, "spec.insecureSkipTLSVerify", msg) if {
	input.kind == "APIService"
	input.spec.insecureSkipTLSVerify == true
	msg := sprintf("APIService %q does not verify its backend", [resource.name])
}

clients := [webhook.clientConfig | some webhook in webhooks.all] if {
	is_array(input.webhooks)
} else := [input.spec.conversion.webhook.clientConfig] if {
	input.kind == "CustomResourceDefinition"
} else := [input.spec] if {
	input.kind == "APIService"
}

problem_of(client) := "is not base64 of PEM certificates" if {
	is_string(client.caBundle)
	not blank(client.caBundle)
	not parsed(client.caBundle)
} else := sprintf("expired on %s", [expired[0]]) if {
	expired := [certificate.NotAfter | some certificate in parsed(client.caBundle); ends_within(certificate, 0)]
	count(expired) > 0
} else := sprintf("expires on %s, in less than %d days", [soon[0], parameters.days]) if {
	soon := [certificate.NotAfter | some certificate in parsed(client.caBundle); ends_within(certificate, parameters.days)]
	count(soon) > 0
}

parsed(text) := certificates if {
	base64.is_valid(text)
	startswith(trim_space(base64.decode(text)), "-----BEGIN CERTIFICATE-----")
	certificates := crypto.x509.parse_certificates(text)
	count(certificates) > 0
}

# "Cg==", a line break, is what people write where an injector fills in the rest.
blank(text) if text in {"", "Cg=="}

ends_within(certificate, days) if {
	time.parse_rfc3339_ns(certificate.NotAfter) < now + (((days * 24) * 3600) * 1000000000)
}

now := time.parse_rfc3339_ns(parameters.now) if {
	parameters.now != ""
} else := time.now_ns()

injected if {
	some key in [
		"cert-manager.io/inject-ca-from", "cert-manager.io/inject-ca-from-secret",
		"cert-manager.io/inject-apiserver-ca", "service.beta.openshift.io/inject-cabundle",
	]
	resource.annotations[key]
}

parameters := data.parameters["LT-HOOK-002"]
