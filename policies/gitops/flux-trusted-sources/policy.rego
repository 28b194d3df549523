# METADATA
# scope: package
# title: Flux source is not on the allow list
# description: Only repositories the organisation controls should reach the cluster.
# related_resources:
# - ref: https://fluxcd.io/flux/security/best-practices/
# custom:
#   id: LT-FLUX-019
#   slug: flux-trusted-sources
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: source.toolkit.fluxcd.io, kinds: [GitRepository, HelmRepository, OCIRepository, Bucket]}
#   profiles: []
#   parameters:
#     allowedPrefixes: {type: array, items: {type: string}, default: []}
#   remediation: Use a repository below one of the allowed addresses.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["POD-3"]
#     mitre-attack: ["T1525"]
#     soc2-2017: ["CC6.8", "CC8.1"]
package lintel.gitops.flux_trusted_sources

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.at(input, "spec.url", msg) if {
	prefixes := data.parameters["LT-FLUX-019"].allowedPrefixes
	count(prefixes) > 0
	address := object.get(input.spec, "url", object.get(input.spec, "endpoint", ""))
	allowed := [prefix | some prefix in prefixes; within(address, prefix)]
	count(allowed) == 0
	msg := sprintf("%s reads from %s, which is not allowed", [flux.described, address])
}

# Prefixes end at a whole path segment.
within(address, prefix) if address == trim_suffix(prefix, "/")

within(address, prefix) if startswith(address, concat("", [trim_suffix(prefix, "/"), "/"]))
