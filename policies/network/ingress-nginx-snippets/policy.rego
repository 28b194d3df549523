# METADATA
# scope: package
# title: Ingress injects raw nginx configuration
# description: Snippets run in the controller, whose service account reads every Secret of the cluster (CVE-2021-25742).
# related_resources:
# - ref: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/
# custom:
#   id: LT-NET-007
#   slug: ingress-nginx-snippets
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [network]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   - {group: extensions, kinds: [Ingress]}
#   - {group: "", kinds: [ConfigMap]}
#   profiles: [recommended]
#   parameters:
#     allowedAnnotations: {type: array, items: {type: string}, default: []}
#     prefix: {type: string, default: nginx.ingress.kubernetes.io}
#   remediation: Use a dedicated annotation instead, and keep allow-snippet-annotations "false" in the controller.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2"]
#     mitre-attack: ["T1190", "T1552.007"]
#     soc2-2017: ["CC6.8"]
package lintel.network.ingress_nginx_snippets

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, sprintf("metadata.annotations[%q]", [key]), msg), [{"op": "remove", "path": sprintf("metadata.annotations[%q]", [key]), "unsafe": true}]) if {
	input.kind == "Ingress"
	some name in snippets
	key := sprintf("%s/%s", [parameters.prefix, name])
	resource.annotations[key]
	not key in parameters.allowedAnnotations
	msg := sprintf("Ingress %q injects nginx configuration through %s", [resource.name, key])
}

deny contains finding.fixed(finding.at(input.data, "allow-snippet-annotations", msg), [{"op": "replace", "path": "/allow-snippet-annotations", "value": "false", "unsafe": true}]) if {
	input.kind == "ConfigMap"
	input.data["allow-snippet-annotations"] == "true"
	msg := sprintf("ConfigMap %q lets every Ingress inject nginx configuration", [resource.name])
}

snippets := [
	"server-snippet", "configuration-snippet", "location-snippet",
	"stream-snippet", "auth-snippet", "modsecurity-snippet",
]

parameters := data.parameters["LT-NET-007"]
