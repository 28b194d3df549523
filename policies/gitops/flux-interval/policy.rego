# METADATA
# scope: package
# title: Flux interval is invalid or unreasonable
# description: Below half a minute the API server and the Git host suffer, above a day drift stays; a broken value stops the object.
# related_resources:
# - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/#interval
# custom:
#   id: LT-FLUX-015
#   slug: flux-interval
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   - {group: source.toolkit.fluxcd.io, kinds: [GitRepository, OCIRepository, HelmRepository, HelmChart, Bucket]}
#   - {group: image.toolkit.fluxcd.io, kinds: [ImageRepository, ImageUpdateAutomation]}
#   profiles: [recommended]
#   parameters:
#     minimumSeconds: {type: integer, minimum: 0, default: 30}
#     maximumSeconds: {type: integer, minimum: 1, default: 86400}
#   remediation: Use an interval such as 10m.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.flux_interval

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.at(input, "spec.interval", msg) if {
	interval := input.spec.interval
	not is_duration(interval)
	msg := sprintf("%s has no valid interval: %v", [flux.described, interval])
}

deny contains finding.at(input, "spec.interval", msg) if {
	interval := input.spec.interval
	is_duration(interval)
	seconds := time.parse_duration_ns(interval) / 1000000000
	outside(seconds)
	msg := sprintf("%s is reconciled every %s, outside %d to %d seconds", [flux.described, interval, limits.minimumSeconds, limits.maximumSeconds])
}

is_duration(text) if {
	is_string(text)
	regex.match(`^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$`, text)
}

outside(seconds) if seconds < limits.minimumSeconds

outside(seconds) if seconds > limits.maximumSeconds

limits := data.parameters["LT-FLUX-015"]
