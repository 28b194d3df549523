# METADATA
# scope: package
# title: Application is in the default project
# description: The project "default" allows every repository, cluster and kind until somebody edits it.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
# custom:
#   id: LT-ARGO-001
#   slug: argo-default-project
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application, ApplicationSet]}
#   profiles: [recommended]
#   remediation: Name a project that limits repositories and destinations.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     soc2-2017: ["CC6.3", "CC8.1"]
package lintel.gitops.argo_default_project

import data.lintel.lib.argo
import data.lintel.lib.finding

deny contains finding.at(argo.spec, "project", msg) if {
	object.get(argo.spec, "project", "") in {"", "default", null}
	msg := sprintf("%s is in the default project", [argo.described])
}
