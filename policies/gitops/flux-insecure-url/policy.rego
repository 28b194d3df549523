# METADATA
# scope: package
# title: Flux source is read without protection
# description: Over plain HTTP anybody on the way can put manifests in place of yours, and Flux applies them.
# related_resources:
# - ref: https://fluxcd.io/flux/components/source/
# custom:
#   id: LT-FLUX-001
#   slug: flux-insecure-url
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: source.toolkit.fluxcd.io, kinds: [GitRepository, HelmRepository, OCIRepository, Bucket]}
#   profiles: [recommended]
#   parameters:
#     allowedHosts: {type: array, items: {type: string}, default: []}
#   remediation: Use https, ssh or oci without spec.insecure.
#   fix: {op: remove, path: spec/insecure, unsafe: true}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-8"]
#     mitre-attack: ["T1525"]
#     soc2-2017: ["CC6.7", "CC8.1"]
package lintel.gitops.flux_insecure_url

import data.lintel.lib.finding
import data.lintel.lib.flux
import data.lintel.lib.urls

deny contains finding.at(input, "spec.url", msg) if {
	urls.insecure(input.spec.url)
	not urls.host(input.spec.url) in data.parameters["LT-FLUX-001"].allowedHosts
	msg := sprintf("%s reads %s in clear text", [flux.described, input.spec.url])
}

deny contains finding.at(input, "spec.insecure", msg) if {
	input.spec.insecure == true
	not urls.in_cluster(endpoint)
	not endpoint in data.parameters["LT-FLUX-001"].allowedHosts
	msg := sprintf("%s allows connections without TLS (spec.insecure)", [flux.described])
}

endpoint := urls.host(input.spec.url) if {
	input.spec.url
} else := split(object.get(input.spec, "endpoint", ""), ":")[0]
