# METADATA
# scope: package
# title: Sync skips validation or recreates stateful objects
# description: Validate=false lets broken objects through; Replace and Force delete and create, which loses volumes, sets and whole namespaces.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
# custom:
#   id: LT-ARGO-021
#   slug: argo-validate-false
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "*", kinds: ["*"]}
#   profiles: [recommended]
#   remediation: Remove the option.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.gitops.argo_validate_false

import data.lintel.lib.argo
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(argo.spec, sprintf("syncPolicy.syncOptions[%d]", [index]), msg), [{"op": "remove", "path": sprintf("/syncPolicy/syncOptions/%d", [index]), "unsafe": true}]) if {
	input.kind in {"Application", "ApplicationSet"}
	resource.group == "argoproj.io"
	some index, option in argo.spec.syncPolicy.syncOptions
	option in {"Validate=false", "Replace=true", "Force=true"}
	msg := sprintf("%s syncs every object with %s", [argo.described, option])
}

deny contains finding.at(input, `metadata.annotations["argocd.argoproj.io/sync-options"]`, msg) if {
	some option in split(resource.annotations["argocd.argoproj.io/sync-options"], ",")
	risky(trim_space(option))
	msg := sprintf("%s %q is synced with %s", [input.kind, resource.name, trim_space(option)])
}

risky("Validate=false")

risky(option) if {
	option in {"Replace=true", "Force=true"}
	input.kind in {"PersistentVolumeClaim", "PersistentVolume", "StatefulSet", "CustomResourceDefinition", "Namespace"}
}
