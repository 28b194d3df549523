# METADATA
# scope: package
# title: Allowed repository prefix has no end
# description: The prefix ghcr.io/acme also admits ghcr.io/acme-evil; only a slash at the end closes it.
# related_resources:
# - ref: https://open-policy-agent.github.io/gatekeeper-library/website/validation/allowedrepos
# custom:
#   id: LT-HOOK-008
#   slug: repo-prefix-ambiguous
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [supply-chain]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: constraints.gatekeeper.sh, kinds: [K8sAllowedRepos, K8sAllowedReposv2]}
#   profiles: [recommended]
#   remediation: End every repository prefix with a slash.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["POD-3"]
#     mitre-attack: ["T1525"]
#     soc2-2017: ["CC6.8"]
package lintel.supply_chain.repo_prefix_ambiguous

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, sprintf("spec.parameters.%s[%d]", [field, index]), msg), [{"op": "replace", "path": sprintf("/spec/parameters/%s/%d", [field, index]), "value": closed(field, prefix), "unsafe": true}]) if {
	some field in ["repos", "allowedImages"]
	some index, prefix in input.spec.parameters[field]
	is_string(prefix)
	open_ended(field, prefix)
	msg := sprintf("repository prefix %q of constraint %q does not end in a slash", [prefix, resource.name])
}

open_ended("repos", prefix) if {
	not endswith(prefix, "/")
	not contains(prefix, "@")
	not contains(trim_prefix(prefix, split(prefix, "/")[0]), ":")
}

# Version 2 compares whole images unless the entry ends in "*".
open_ended("allowedImages", prefix) if {
	endswith(prefix, "*")
	not endswith(prefix, "/*")
	not endswith(prefix, ":*")
}

closed("repos", prefix) := concat("", [prefix, "/"])

closed("allowedImages", prefix) := concat("", [trim_suffix(prefix, "*"), "/*"])
