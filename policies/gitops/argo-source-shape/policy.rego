# METADATA
# scope: package
# title: Application source is put together wrongly
# description: Argo CD cannot tell what to deploy from sources that say too much or too little.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/application-specification/
# custom:
#   id: LT-ARGO-015
#   slug: argo-source-shape
#   aliases: [argo-source-fields]
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application, ApplicationSet]}
#   profiles: [recommended]
#   remediation: Set either source or sources, and in each either path or chart (with a version) or ref.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_source_shape

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.at(argo.spec, "source", msg) if {
	is_object(argo.spec)
	given := [field | some field in ["source", "sources", "sourceHydrator"]; is_set(argo.spec, field)]
	count(given) != 1
	msg := sprintf("%s needs exactly one of source, sources and sourceHydrator, and has %d", [argo.described, count(given)])
}

deny contains finding.on(source, msg) if {
	some source in argo.sources
	given := [field | some field in ["path", "chart", "ref"]; is_set(source, field)]
	count(given) == 0
	not startswith(object.get(source, "repoURL", ""), "oci://")
	msg := sprintf("a source of %s has neither path nor chart nor ref", [argo.described])
}

deny contains finding.at(source, "chart", msg) if {
	some source in argo.sources
	is_set(source, "path")
	is_set(source, "chart")
	msg := sprintf("a source of %s has both path and chart", [argo.described])
}

deny contains finding.at(source, "targetRevision", msg) if {
	some source in argo.sources
	is_set(source, "chart")
	not is_set(source, "targetRevision")
	msg := sprintf("chart %v of %s has no version", [source.chart, argo.described])
}

deny contains finding.at(source, "ref", msg) if {
	some source in argo.sources
	is_set(source, "ref")
	not is_set(source, "path")
	not source.ref in used_refs
	msg := sprintf("source ref %q of %s is used by no other source", [source.ref, argo.described])
}

deny contains finding.at(source, sprintf("helm.valueFiles[%d]", [index]), msg) if {
	some source in argo.sources
	some index, file in source.helm.valueFiles
	startswith(file, "$")
	name := trim_prefix(split(file, "/")[0], "$")
	not name in known_refs
	not startswith(name, "ARGOCD_")
	msg := sprintf("value file %s of %s refers to an unknown source", [file, argo.described])
}

known_refs contains source.ref if some source in argo.sources

used_refs contains trim_prefix(split(file, "/")[0], "$") if {
	some source in argo.sources
	some file in source.helm.valueFiles
	startswith(file, "$")
}

is_set(holder, field) if not object.get(holder, field, "") in {"", null}
