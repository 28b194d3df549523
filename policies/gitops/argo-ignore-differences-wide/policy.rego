# METADATA
# scope: package
# title: Application ignores too many differences
# description: What is ignored can be changed in the cluster without anybody seeing the drift.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
# custom:
#   id: LT-ARGO-029
#   slug: argo-ignore-differences-wide
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application, ApplicationSet]}
#   profiles: [recommended]
#   remediation: Name the kind and the one field another controller owns.
#   effort: low
#   compliance:
#     soc2-2017: ["CC7.1", "CC8.1"]
package lintel.gitops.argo_ignore_differences_wide

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.on(entry, msg) if {
	some entry in argo.spec.ignoreDifferences
	entry.kind == "*"
	object.get(entry, "group", "*") in {"*", ""}
	msg := sprintf("%s ignores differences of every kind", [argo.described])
}

deny contains finding.at(entry, sprintf("jsonPointers[%d]", [index]), msg) if {
	some entry in argo.spec.ignoreDifferences
	some index, pointer in entry.jsonPointers
	pointer in {"/spec", "/", "", "/data", "/metadata"}
	msg := sprintf("%s ignores all of %q of %v", [argo.described, pointer, object.get(entry, "kind", "*")])
}

deny contains finding.at(entry, sprintf("managedFieldsManagers[%d]", [index]), msg) if {
	some entry in argo.spec.ignoreDifferences
	some index, "*" in entry.managedFieldsManagers
	msg := sprintf("%s ignores the fields of every manager", [argo.described])
}
