# METADATA
# scope: package
# title: Application carries credentials in its values
# description: Helm values in an Application are readable in Git, in the Argo CD page and in the cluster.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/
# custom:
#   id: LT-ARGO-033
#   slug: argo-plaintext-helm-values
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [secrets]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: argoproj.io, kinds: [Application, ApplicationSet]}
#   profiles: [recommended]
#   remediation: Refer to an existing Secret, or use a secret plugin.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.gitops.argo_plaintext_helm_values

import data.lintel.lib.argo
import data.lintel.lib.finding
import data.lintel.lib.secrets

deny contains finding.secret(entry, "value", {"value": entry.value, "line": 0}, msg) if {
	some source in argo.sources
	some entry in source.helm.parameters
	exposed(entry.name, entry.value)
	msg := sprintf("%s passes the readable credential %v", [argo.described, entry.name])
}

deny contains finding.secret(entry, "value", {"value": entry.value, "line": 0}, msg) if {
	some source in argo.sources
	some entry in source.plugin.env
	exposed(entry.name, entry.value)
	msg := sprintf("%s passes the readable credential %v", [argo.described, entry.name])
}

deny contains finding.secret(source, "helm.values", find, msg) if {
	some source in argo.sources
	some find in secrets.found(source.helm.values)
	msg := sprintf("%s passes the readable credential %s in helm.values", [argo.described, find.name])
}

deny contains finding.secret(node, sprintf("[%q]", [key]), {"value": value, "line": 0}, msg) if {
	some source in argo.sources
	walk(source.helm.valuesObject, [_, node])
	is_object(node)
	some key, value in node
	secrets.sensitive(key, value)
	msg := sprintf("%s passes the readable credential %s in helm.valuesObject", [argo.described, key])
}

exposed(name, value) if secrets.sensitive(name, value)
