# METADATA
# scope: package
# title: Hook or its deletion policy is unknown
# description: An object with an unknown hook is not applied as one; with an unknown deletion policy it stays behind.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/
# custom:
#   id: LT-ARGO-024
#   slug: argo-hook-invalid
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "*", kinds: ["*"]}
#   profiles: [recommended]
#   remediation: Use PreSync, Sync, PostSync, SyncFail, PreDelete, PostDelete or Skip, and a documented deletion policy.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_hook_invalid

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, sprintf("metadata.annotations[%q]", [key]), msg) if {
	some key, known in values
	some part in split(resource.annotations[key], ",")
	not trim_space(part) in known
	msg := sprintf("%s of %s %q has the unknown value %q", [key, input.kind, resource.name, trim_space(part)])
}

values := {
	"argocd.argoproj.io/hook": {"PreSync", "Sync", "PostSync", "SyncFail", "PreDelete", "PostDelete", "Skip"},
	"argocd.argoproj.io/hook-delete-policy": {"HookSucceeded", "HookFailed", "BeforeHookCreation"},
}
