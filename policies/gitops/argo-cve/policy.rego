# METADATA
# scope: package
# title: Argo CD version has known holes
# description: Releases before these leak repository credentials through project tokens (CVE-2025-55190) or are out of support.
# related_resources:
# - ref: https://github.com/argoproj/argo-cd/security/advisories
# custom:
#   id: LT-ARGO-035
#   slug: argo-cve
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: heuristic
#   scope: object
#   targets:
#   - workloads
#   profiles: [recommended]
#   parameters:
#     patched: {type: object, default: {"2.13": 9, "2.14": 16, "3.0": 14, "3.1": 2}}
#   remediation: Update Argo CD to a supported and patched release.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     mitre-attack: ["T1190"]
#     soc2-2017: ["CC7.1"]
package lintel.gitops.argo_cve

import data.lintel.lib.finding
import data.lintel.lib.image
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.at(c, "image", msg) if {
	some c in resource.containers
	parts := image.by_reference[c.image]
	endswith(parts.repository, "argoproj/argocd")
	numbers := regex.find_all_string_submatch_n(`^v?([0-9]+)\.([0-9]+)\.([0-9]+)`, parts.tag, 1)[0]
	vulnerable(sprintf("%s.%s", [numbers[1], numbers[2]]), to_number(numbers[3]))
	msg := sprintf("%s runs Argo CD %s, which has known holes", [resource.describe(c), parts.tag])
}

patched := data.parameters["LT-ARGO-035"].patched

vulnerable(minor, patch) if patch < patched[minor]

# Releases before the oldest patched one get no fixes.
vulnerable(minor, _) if {
	every known, _ in patched {
		settings.number(minor) < settings.number(known)
	}
}
