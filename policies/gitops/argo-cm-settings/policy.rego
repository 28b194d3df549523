# METADATA
# scope: package
# title: Argo CD itself is configured unsafely
# description: Anonymous users, a default admin role, exec or a server without TLS open the tool that may change everything.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/security/
# custom:
#   id: LT-ARGO-032
#   slug: argo-cm-settings
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [gitops]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [ConfigMap]}
#   profiles: [recommended]
#   remediation: Switch the setting off, and give rights by group in argocd-rbac-cm.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["AUTH-1", "AUTH-2"]
#     mitre-attack: ["T1078", "T1133"]
#     soc2-2017: ["CC6.1", "CC6.3"]
package lintel.gitops.argo_cm_settings

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input.data, sprintf("[%q]", [key]), msg), [{"op": "replace", "path": concat("", ["/", key]), "value": good[key], "unsafe": true}]) if {
	some key, bad in settings[resource.name]
	input.data[key] in bad
	msg := sprintf("%s sets %s to %q", [resource.name, key, input.data[key]])
}

deny contains finding.fixed(finding.at(input.data, `["admin.enabled"]`, msg), [{"op": "add", "path": "/admin.enabled", "value": "false", "unsafe": true}]) if {
	resource.name == "argocd-cm"
	some key in ["oidc.config", "dex.config"]
	input.data[key] != ""
	not input.data["admin.enabled"] == "false"
	msg := "argocd-cm keeps the local admin beside single sign-on"
}

deny contains finding.at(input.data, sprintf("[%q]", [key]), msg) if {
	resource.name == "argocd-cm"
	some key, value in input.data
	startswith(key, "kustomize.buildOptions")
	regex.match(`(?i)load-restrictor[= ]+(LoadRestrictionsNone|none)`, value)
	msg := sprintf("argocd-cm lets kustomize read files outside the repository (%s)", [key])
}

deny contains finding.at(input.data, `["helm.valuesFileSchemes"]`, msg) if {
	resource.name == "argocd-cm"
	some scheme in split(input.data["helm.valuesFileSchemes"], ",")
	trim_space(scheme) == "http"
	msg := "argocd-cm allows Helm value files over http"
}

settings := {
	"argocd-cm": {"users.anonymous.enabled": {"true"}, "exec.enabled": {"true"}},
	"argocd-rbac-cm": {"policy.default": {"role:admin"}},
	"argocd-cmd-params-cm": {"server.insecure": {"true"}, "server.disable.auth": {"true"}},
}

good := {
	"users.anonymous.enabled": "false", "exec.enabled": "false", "policy.default": "",
	"server.insecure": "false", "server.disable.auth": "false",
}
