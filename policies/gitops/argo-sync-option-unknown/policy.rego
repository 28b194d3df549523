# METADATA
# scope: package
# title: Sync option is unknown
# description: Argo CD ignores options it does not know, among them correct ones in the wrong case.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
# custom:
#   id: LT-ARGO-020
#   slug: argo-sync-option-unknown
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "*", kinds: ["*"]}
#   profiles: [recommended]
#   remediation: Write the option as documented, NAME=true or NAME=false.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_sync_option_unknown

import data.lintel.lib.argo
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(argo.spec, sprintf("syncPolicy.syncOptions[%d]", [index]), msg), [{"op": "replace", "path": sprintf("/syncPolicy/syncOptions/%d", [index]), "value": right, "unsafe": true} | some right in spelt(option)]) if {
	input.kind in {"Application", "ApplicationSet"}
	resource.group == "argoproj.io"
	some index, option in argo.spec.syncPolicy.syncOptions
	not known(option)
	msg := sprintf("sync option %q of %s is unknown", [option, argo.described])
}

deny contains finding.at(input, `metadata.annotations["argocd.argoproj.io/sync-options"]`, msg) if {
	some option in split(resource.annotations["argocd.argoproj.io/sync-options"], ",")
	not known(trim_space(option))
	msg := sprintf("sync option %q of %s %q is unknown", [trim_space(option), input.kind, resource.name])
}

known(option) if {
	[name, value] := split(option, "=")
	value in values[name]
}

switch := {"true", "false"}

values := {
	"CreateNamespace": switch, "Validate": switch, "PruneLast": switch, "Replace": switch, "Force": switch,
	"ServerSideApply": switch, "ApplyOutOfSyncOnly": switch, "SkipDryRunOnMissingResource": switch,
	"FailOnSharedResource": switch, "RespectIgnoreDifferences": switch, "ClientSideApplyMigration": switch,
	"Prune": {"true", "false", "confirm"}, "Delete": {"true", "false", "confirm"},
	"PrunePropagationPolicy": {"foreground", "background", "orphan"},
}

# spelt holds the option that was meant, when only its case is wrong.
spelt(option) := {concat("=", [name, value]) |
	[given, wanted] := split(option, "=")
	some name, allowed in values
	lower(name) == lower(trim_space(given))
	some value in allowed
	value == lower(trim_space(wanted))
}
