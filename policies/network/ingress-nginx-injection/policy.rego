# METADATA
# scope: package
# title: Ingress value can break out of the nginx configuration
# description: These values are copied into nginx.conf; line breaks, quotes, braces and semicolons in them have led to code execution (CVE-2025-1974 and its siblings).
# related_resources:
# - ref: https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/
# custom:
#   id: LT-NET-014
#   slug: ingress-nginx-injection
#   version: 1.0.0
#   status: stable
#   severity: critical
#   tags: [network]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   - {group: extensions, kinds: [Ingress]}
#   profiles: [recommended]
#   parameters:
#     prefix: {type: string, default: nginx.ingress.kubernetes.io}
#   remediation: Remove the special characters and update the controller.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-2", "UPG-1"]
#     mitre-attack: ["T1190"]
#     soc2-2017: ["CC6.8"]
package lintel.network.ingress_nginx_injection

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, sprintf("metadata.annotations[%q]", [key]), msg) if {
	some name in ["auth-url", "auth-signin", "auth-tls-match-cn", "mirror-target", "mirror-host", "rewrite-target"]
	key := sprintf("%s/%s", [data.parameters["LT-NET-014"].prefix, name])
	breaks_out(resource.annotations[key])
	msg := sprintf("annotation %s of Ingress %q holds characters that end an nginx directive", [key, resource.name])
}

deny contains finding.at(entry, "path", msg) if {
	some rule in input.spec.rules
	some entry in rule.http.paths
	some text in ["\n", "\r", ";", "/var/run/secrets", "/etc/"]
	contains(entry.path, text)
	msg := sprintf("path %q of Ingress %q looks like an injection", [entry.path, resource.name])
}

breaks_out(value) if {
	some character in ["\n", "\r", ";", "{", "}", "\"", "'", "`", "#"]
	contains(value, character)
}
