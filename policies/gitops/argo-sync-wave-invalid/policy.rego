# METADATA
# scope: package
# title: Sync wave is no integer
# description: Argo CD ignores a wave it cannot read, so the object is applied in wave 0.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
# custom:
#   id: LT-ARGO-022
#   slug: argo-sync-wave-invalid
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "*", kinds: ["*"]}
#   profiles: [recommended]
#   remediation: Write a quoted integer such as "-1".
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_sync_wave_invalid

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, `metadata.annotations["argocd.argoproj.io/sync-wave"]`, msg), [{"op": "replace", "path": "/metadata/annotations/argocd.argoproj.io~1sync-wave", "value": format_int(wave, 10)} | is_number(wave); wave == floor(wave)]) if {
	wave := resource.annotations["argocd.argoproj.io/sync-wave"]
	not integer(wave)
	msg := sprintf("sync wave %v of %s %q is no quoted integer", [wave, input.kind, resource.name])
}

integer(text) if {
	is_string(text)
	regex.match(`^[+-]?[0-9]+$`, text)
}
