# METADATA
# scope: package
# title: Project does not verify commits
# description: Without signature checks everybody who can push, or has stolen a token that can, deploys.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/gpg-verification/
# custom:
#   id: LT-ARGO-006
#   slug: argo-project-no-signature
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [AppProject]}
#   profiles: []
#   remediation: Configure sourceIntegrity (or signatureKeys) for the Git repositories of the project.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.5.1"]
#     nsa-cisa-1.2: ["POD-3"]
#     mitre-attack: ["T1525"]
#     soc2-2017: ["CC8.1"]
package lintel.gitops.argo_project_no_signature

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.signatureKeys", msg) if {
	uses_git
	not verifies
	msg := sprintf("AppProject %q verifies no commit signatures", [resource.name])
}

verifies if count(input.spec.signatureKeys) > 0

verifies if {
	some policy in input.spec.sourceIntegrity.git.policies
	object.get(object.get(policy, "gpg", {}), "mode", "head") != "none"
}

# Registries of charts carry no commits.
uses_git if {
	some repository in input.spec.sourceRepos
	not startswith(repository, "oci://")
	not startswith(repository, "!")
}
