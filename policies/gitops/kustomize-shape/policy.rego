# METADATA
# scope: package
# title: Kustomization with deprecated, floating or missing parts
# description: Deprecated fields are gone in the next version of the file; a remote base without ref changes without a commit here; a missing file fails the build.
# related_resources:
# - ref: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
# custom:
#   id: LT-GIT-001
#   slug: kustomize-shape
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: kustomize.config.k8s.io, kinds: [Kustomization, Component]}
#   profiles: []
#   remediation: Run kustomize edit fix, and pin remote bases with ?ref=.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     soc2-2017: ["CC8.1"]
package lintel.gitops.kustomize_shape

import data.lintel.lib.finding

deny contains finding.fixed(finding.at(input, field, msg), renamed(field, use)) if {
	some field, use in replaced
	input[field]
	msg := sprintf("%s is deprecated: use %s", [field, use])
}

deny contains finding.at(input, sprintf("%s[%d]", [field, index]), msg) if {
	some field in ["resources", "bases", "components"]
	some index, path in input[field]
	remote(path)
	not regex.match(`[?&](ref|version)=[^&]+`, path)
	msg := sprintf("%s %s is a remote base without ?ref=, so it changes without a commit here", [field, path])
}

# missingFiles is filled in by the reader.
deny contains finding.at(input, sprintf("%s[%d]", [field, index]), msg) if {
	count(input.missingFiles) > 0
	some field in ["resources", "bases", "components", "crds"]
	some index, path in input[field]
	path in input.missingFiles
	msg := sprintf("%s names %s, which does not exist", [field, path])
}

deny contains finding.at(patch, "path", msg) if {
	count(input.missingFiles) > 0
	some patch in input.patches
	patch.path in input.missingFiles
	msg := sprintf("patches names %s, which does not exist", [patch.path])
}

replaced := {
	"bases": "resources",
	"patchesStrategicMerge": "patches",
	"patchesJson6902": "patches",
	"commonLabels": "labels",
	"vars": "replacements",
	"imageTags": "images",
	"helmChartInflationGenerator": "helmCharts",
}

remote(path) if regex.match(`^(https?://|git::|git@|ssh://|github\.com/|gitlab\.com/)`, path)

# renamed holds the move of a field whose successor has the same form and is not there.
renamed(field, use) := [{"op": "move", "from": concat("", ["/", field]), "path": concat("", ["/", use])} |
	field in {"bases", "patchesJson6902"}
	not input[use]
]
