# METADATA
# scope: package
# title: Helm release is not remediated or watched
# description: Without remediation a failed upgrade stays failed; without drift detection manual changes stay.
# related_resources:
# - ref: https://fluxcd.io/flux/components/helm/helmreleases/
# custom:
#   id: LT-FLUX-010
#   slug: flux-remediation
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   profiles: [reliability]
#   remediation: Set install and upgrade remediation, driftDetection enabled and a CRD policy.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.gitops.flux_remediation

import data.lintel.lib.finding
import data.lintel.lib.flux

deny contains finding.fixed(finding.at(input, sprintf("spec.%s.remediation", [action]), msg), [{"op": "add", "path": sprintf("/spec/%s/remediation/retries", [action]), "value": 3, "unsafe": true}]) if {
	some action in ["install", "upgrade"]
	not is_object(object.get(input.spec, [action, "remediation"], null))
	object.get(input.spec, [action, "strategy", "name"], "") != "RetryOnFailure"
	msg := sprintf("%s does not say what to do when %s fails", [flux.described, action])
}

deny contains finding.fixed(finding.at(input, "spec.driftDetection.mode", msg), [{"op": "add", "path": "/spec/driftDetection/mode", "value": "enabled", "unsafe": true}]) if {
	mode := object.get(input.spec, ["driftDetection", "mode"], "disabled")
	mode != "enabled"
	msg := sprintf("%s does not correct drift (mode %v)", [flux.described, mode])
}

deny contains finding.fixed(finding.at(input, sprintf("spec.%s.disableHooks", [action]), msg), [{"op": "remove", "path": sprintf("/spec/%s/disableHooks", [action]), "unsafe": true}]) if {
	some action in ["install", "upgrade", "rollback", "uninstall"]
	input.spec[action].disableHooks == true
	msg := sprintf("%s skips the hooks of the chart on %s", [flux.described, action])
}

deny contains finding.fixed(finding.at(input, sprintf("spec.%s.crds", [action]), msg), [{"op": "add", "path": sprintf("/spec/%s/crds", [action]), "value": crds[action], "unsafe": true}]) if {
	some action in ["install", "upgrade"]
	object.get(input.spec, [action, "crds"], "") == ""
	msg := sprintf("%s has no CRD policy on %s", [flux.described, action])
}

crds := {"install": "Create", "upgrade": "CreateReplace"}
