# METADATA
# scope: package
# title: ApplicationSet template can be abused
# description: When a repository or pull request decides the project, its author picks the rights; without strict templates missing values turn into wrong names.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Security/
# custom:
#   id: LT-ARGO-027
#   slug: argo-appset-unsafe-template
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [ApplicationSet]}
#   profiles: [recommended]
#   remediation: "Set goTemplate: true and goTemplateOptions: [missingkey=error], and write the project out."
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-2"]
#     mitre-attack: ["T1098.006"]
#     soc2-2017: ["CC6.3", "CC8.1"]
package lintel.gitops.argo_appset_unsafe_template

import data.lintel.lib.argo
import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "spec.goTemplate", msg) if {
	not input.spec.goTemplate == true
	msg := sprintf("ApplicationSet %q does not use Go templates", [resource.name])
}

deny contains finding.fixed(finding.at(input, "spec.goTemplateOptions", msg), [{"op": "add", "path": "/spec/goTemplateOptions/-", "value": "missingkey=error", "unsafe": true}]) if {
	input.spec.goTemplate == true
	not "missingkey=error" in object.get(input.spec, "goTemplateOptions", [])
	msg := sprintf("ApplicationSet %q fills missing values with \"<no value>\": goTemplateOptions lacks missingkey=error", [resource.name])
}

deny contains finding.at(input, "spec.template.spec.project", msg) if {
	argo.templated(input.spec.template.spec.project)
	some generator in outside
	msg := sprintf("project of ApplicationSet %q is chosen by the %s generator", [resource.name, generator])
}

# Generators whose values come from whoever can write to a repository, nested ones too.
outside contains kind if {
	walk(input.spec.generators, [_, node])
	some kind in ["scmProvider", "pullRequest"]
	node[kind]
}
