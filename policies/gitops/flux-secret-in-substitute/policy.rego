# METADATA
# scope: package
# title: Flux object carries credentials
# description: Values and substitutions are readable in Git and in the object.
# related_resources:
# - ref: https://fluxcd.io/flux/security/secrets-management/
# custom:
#   id: LT-FLUX-017
#   slug: flux-secret-in-substitute
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [secrets]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: kustomize.toolkit.fluxcd.io, kinds: [Kustomization]}
#   - {group: helm.toolkit.fluxcd.io, kinds: [HelmRelease]}
#   profiles: [recommended]
#   remediation: Take the value from an encrypted Secret by substituteFrom or valuesFrom.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.gitops.flux_secret_in_substitute

import data.lintel.lib.finding
import data.lintel.lib.flux
import data.lintel.lib.secrets

deny contains finding.secret(input.spec.postBuild.substitute, sprintf("[%q]", [name]), {"value": value, "line": 0}, msg) if {
	some name, value in input.spec.postBuild.substitute
	secrets.sensitive(name, value)
	msg := sprintf("%s substitutes the readable credential %s", [flux.described, name])
}

deny contains finding.secret(node, sprintf("[%q]", [name]), find, msg) if {
	input.kind == "HelmRelease"
	walk(input.spec.values, [_, node])
	is_object(node)
	some name, value in node
	find := exposed(name, value)
	msg := sprintf("%s passes the readable credential %s", [flux.described, name])
}

exposed(name, value) := {"value": value, "line": 0} if {
	secrets.sensitive(name, value)
} else := sort(secrets.found(value))[0]
