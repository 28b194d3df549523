# METADATA
# scope: package
# title: Secret generator with committed values
# description: Literals of a secretGenerator are as readable in Git as the Secret they make.
# related_resources:
# - ref: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/secretgenerator/
# custom:
#   id: LT-SEC-012
#   slug: generator-literal
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [secrets]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: kustomize.config.k8s.io, kinds: [Kustomization, Component]}
#   profiles: [recommended]
#   remediation: Generate from an encrypted file or use an external store.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.generator_literal

import data.lintel.lib.finding
import data.lintel.lib.secrets

deny contains finding.hidden(generator, sprintf("literals[%d]", [index]), msg) if {
	some generator in input.secretGenerator
	some index, literal in generator.literals
	[name, value] := parts(literal)
	secrets.literal(value)
	msg := sprintf("secretGenerator %v holds the readable value %q", [generator.name, name])
}

deny contains finding.at(generator, field, msg) if {
	some generator in input.secretGenerator
	some field in ["envs", "env"]
	files := as_list(generator[field])
	readable := [file | some file in files; not contains(file, ".enc")]
	count(readable) > 0
	msg := sprintf("secretGenerator %v reads values from %s", [generator.name, concat(", ", readable)])
}

parts(literal) := [substring(literal, 0, at), substring(literal, at + 1, -1)] if {
	at := indexof(literal, "=")
	at > 0
}

as_list(value) := value if is_array(value)

as_list(value) := [value] if is_string(value)
