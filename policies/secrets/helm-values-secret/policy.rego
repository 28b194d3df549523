# METADATA
# scope: package
# title: Credential in a Helm values file
# description: Values files are committed and stored in the release Secret of every revision; registry passwords in them are the classic leak.
# related_resources:
# - ref: https://helm.sh/docs/chart_best_practices/values/
# custom:
#   id: LT-SEC-009
#   slug: helm-values-secret
#   version: 1.0.0
#   status: stable
#   severity: high
#   tags: [secrets]
#   confidence: heuristic
#   scope: object
#   targets:
#   - {group: lintel, kinds: [HelmValues]}
#   profiles: [recommended]
#   parameters:
#     allowKeys: {type: array, items: {type: string}, default: []}
#   remediation: Refer to an existing Secret, or encrypt the file with helm-secrets and SOPS.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.4.2"]
#     nsa-cisa-1.2: ["NET-9"]
#     mitre-attack: ["T1552.001"]
#     soc2-2017: ["CC6.1", "C1.1"]
package lintel.secrets.helm_values_secret

import data.lintel.lib.finding
import data.lintel.lib.secrets

deny contains finding.secret(node, sprintf("[%q]", [key]), find, msg) if {
	not input.values.sops
	walk(input.values, [path, node])
	is_object(node)
	some key, value in node
	is_string(value)
	find := exposed_in(path, node, key, value)
	not key in data.parameters["LT-SEC-009"].allowKeys
	msg := sprintf("value %s holds a readable credential", [concat(".", [sprintf("%v", [step]) | some step in array.concat(path, [key])])])
}

exposed_in(path, node, key, value) := {"value": value, "line": 0} if {
	exposed(path, node, key, value)
} else := sort(secrets.found(value))[0]

exposed(_, node, key, value) if {
	secrets.sensitive(key, value)
	not refers(node, key, value)
}

# auths of a Docker configuration, and the configuration as one text.
exposed(path, _, "auth", value) if {
	"auths" in path
	secrets.literal(value)
}

exposed(_, _, key, value) if {
	contains(lower(key), "dockerconfig")
	secrets.literal(value)
}

# A list of variables as the Pod will have it: {name: DB_PASSWORD, value: x}.
exposed(_, node, "value", value) if secrets.sensitive(node.name, value)

refers(_, key, value) if secrets.names_object(key, value)

refers(node, key, _) if {
	some other in ["existingSecret", "secretName", "secretRef"]
	node[other]
	endswith(lower(key), "key")
}
