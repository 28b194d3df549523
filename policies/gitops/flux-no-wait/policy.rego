# METADATA
# scope: package
# title: Flux does not wait for health
# description: Without health checks a Kustomization is ready as soon as it is applied, and what depends on it starts too early.
# related_resources:
# - ref: https://fluxcd.io/flux/components/kustomize/kustomizations/#wait
# custom:
#   id: LT-FLUX-008
#   slug: flux-no-wait
#   version: 1.0.0
#   status: stable
#   severity: info
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   profiles: [reliability]
#   remediation: Set spec.wait or healthChecks, and a timeout below the interval.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2"]
package lintel.gitops.flux_no_wait

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.fixed(finding.at(input, "spec.wait", msg), array.concat([{"op": "add", "path": "/spec/wait", "value": true, "unsafe": true}], limit)) if {
	not waits
	msg := sprintf("%s waits for nothing", [flux.described])
}

deny contains finding.fixed(finding.at(input, "spec.timeout", msg), limit) if {
	waits
	not is_string(object.get(input.spec, "timeout", null))
	msg := sprintf("%s waits without its own timeout", [flux.described])
}

deny contains finding.fixed(finding.at(input, "spec.timeout", msg), limit) if {
	waits
	time.parse_duration_ns(input.spec.timeout) >= time.parse_duration_ns(input.spec.interval)
	msg := sprintf("%s may wait for %s, longer than its interval of %s", [flux.described, input.spec.timeout, input.spec.interval])
}

waits if input.spec.wait == true

waits if count(input.spec.healthChecks) > 0

waits if count(input.spec.healthCheckExprs) > 0

# limit sets a timeout below the interval, five minutes at most, where there is none that fits.
limit := [] if {
	time.parse_duration_ns(input.spec.timeout) < time.parse_duration_ns(input.spec.interval)
} else := [{"op": "add", "path": "/spec/timeout", "value": "5m", "unsafe": true}] if {
	time.parse_duration_ns(input.spec.interval) > 300000000000
} else := [{"op": "add", "path": "/spec/timeout", "value": sprintf("%ds", [half]), "unsafe": true}] if {
	half := floor(time.parse_duration_ns(input.spec.interval) / 2000000000)
	half > 0
} else := []
