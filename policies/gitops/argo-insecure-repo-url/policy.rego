# METADATA
# scope: package
# title: Repository is read without protection
# description: Over plain HTTP, or without checking certificates and host keys, anybody on the way can put manifests in place of yours.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/
# custom:
#   id: LT-ARGO-012
#   slug: argo-insecure-repo-url
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application, ApplicationSet]}
#   - {group: argoproj.io, kinds: [AppProject]}
#   - {group: "", kinds: [Secret]}
#   profiles: [recommended]
#   remediation: Use https or ssh and keep verification on.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-8"]
#     mitre-attack: ["T1525"]
#     soc2-2017: ["CC6.7", "CC8.1"]
package lintel.gitops.argo_insecure_repo_url

import data.lintel.lib.argo
import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.secrets
import data.lintel.lib.urls

deny contains finding.fixed(finding.at(source, "repoURL", msg), secured("/repoURL", source.repoURL)) if {
	some source in argo.sources
	urls.insecure(source.repoURL)
	msg := sprintf("%s reads %s in clear text", [argo.described, source.repoURL])
}

deny contains finding.fixed(finding.at(input, sprintf("spec.sourceRepos[%d]", [index]), msg), secured(sprintf("/spec/sourceRepos/%d", [index]), address)) if {
	input.kind == "AppProject"
	some index, address in input.spec.sourceRepos
	urls.insecure(address)
	msg := sprintf("AppProject %q allows the unprotected repository %s", [resource.name, address])
}

deny contains finding.at(input[block], key, msg) if {
	repository_secret
	some block in ["stringData", "data"]
	some key in ["insecure", "insecureIgnoreHostKey", "insecureOCIForceHttp"]
	text(block, key) == "true"
	msg := sprintf("repository Secret %q sets %s", [resource.name, key])
}

deny contains finding.at(input[block], "url", msg) if {
	repository_secret
	some block in ["stringData", "data"]
	urls.insecure(text(block, "url"))
	msg := sprintf("repository Secret %q has an unprotected address", [resource.name])
}

repository_secret if {
	input.kind == "Secret"
	resource.labels["argocd.argoproj.io/secret-type"] in {"repository", "repo-creds", "repository-write"}
}

text("stringData", key) := input.stringData[key]

text("data", key) := secrets.plain(input.data[key])

# secured asks for the same address over TLS.
secured(place, address) := [{"op": "replace", "path": place, "value": concat("", ["https://", substring(address, 7, -1)]), "unsafe": true} |
	startswith(address, "http://")
]
