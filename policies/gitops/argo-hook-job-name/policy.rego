# METADATA
# scope: package
# title: Hook Job can block the next sync
# description: A finished Job with a fixed name cannot be changed, and one without limits keeps the sync waiting.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/
# custom:
#   id: LT-ARGO-025
#   slug: argo-hook-job-name
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: batch, kinds: [Job]}
#   profiles: [recommended]
#   remediation: Use generateName or BeforeHookCreation, and set backoffLimit or activeDeadlineSeconds.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.gitops.argo_hook_job_name

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "metadata.name", msg) if {
	is_hook
	input.metadata.name

	# Without any policy Argo CD assumes BeforeHookCreation.
	written := resource.annotations["argocd.argoproj.io/hook-delete-policy"]
	policies := [trim_space(part) | some part in split(written, ","); trim_space(part) != ""]
	count(policies) > 0
	not "BeforeHookCreation" in policies
	msg := sprintf("hook Job %q has a fixed name and is not deleted before the next sync", [resource.name])
}

is_hook if resource.annotations["argocd.argoproj.io/hook"] != "Skip"
