# METADATA
# scope: package
# title: Argo CD and Helm hooks side by side
# description: As soon as an Application holds one Argo CD hook, Argo CD ignores all its Helm hooks.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-hooks
# custom:
#   id: LT-ARGO-026
#   slug: argo-helm-hook-mix
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: heuristic
#   scope: bundle
#   targets:
#   - {group: "*", kinds: ["*"]}
#   requires: []
#   profiles: [recommended]
#   remediation: Write all hooks of the Application in one style.
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_helm_hook_mix

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, `metadata.annotations["helm.sh/hook"]`, msg) if {
	resource.annotations["helm.sh/hook"]
	not resource.annotations["argocd.argoproj.io/hook"]
	resource.annotations["helm.sh/hook"] != "crd-install"
	others := argo_hooks[application]
	msg := sprintf("Helm hook of %s %q is ignored beside the Argo CD hook on %s", [input.kind, resource.name, min(others)])
}

# The tracking label tells the Application; objects without it may be of any.
application := application_of(input)

application_of(candidate) := candidate.metadata.labels["app.kubernetes.io/instance"]

argo_hooks[application_of(candidate)] contains sprintf("%s %q", [candidate.kind, candidate.metadata.name]) if {
	some versions in data.inventory.namespace
	some kinds in versions
	some objects in kinds
	some candidate in objects
	candidate.metadata.annotations["argocd.argoproj.io/hook"]
}
