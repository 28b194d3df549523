# METADATA
# scope: package
# title: External secret is wired badly
# description: A missing store, a refresh interval of 0 or credentials in the store itself defeat the purpose of an external store.
# related_resources:
# - ref: https://external-secrets.io/latest/
# custom:
#   id: LT-SEC-011
#   slug: external-secret-shape
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [secrets]
#   confidence: needs-context
#   scope: bundle
#   targets:
#   - {group: external-secrets.io, kinds: [ExternalSecret, ClusterExternalSecret, SecretStore, ClusterSecretStore]}
#   requires: []
#   profiles: [recommended]
#   remediation: Name an existing store, set an interval, and authenticate by identity or Secret reference.
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["NET-9"]
#     soc2-2017: ["CC6.1"]
package lintel.secrets.external_secret_shape

import data.lintel.lib.bundle
import data.lintel.lib.finding
import data.lintel.lib.resource
import data.lintel.lib.secrets
import data.lintel.lib.world

deny contains finding.reference(input, "spec.secretStoreRef.name", msg, verdict) if {
	input.kind == "ExternalSecret"
	ref := input.spec.secretStoreRef
	not known(ref)
	verdict := missing(ref)
	msg := sprintf("ExternalSecret %q names %s %q, which does not exist", [resource.name, object.get(ref, "kind", "SecretStore"), ref.name])
}

deny contains finding.at(input, "spec.refreshInterval", msg) if {
	input.kind == "ExternalSecret"
	input.spec.refreshInterval in {"0", "0s", 0}
	msg := sprintf("ExternalSecret %q is never refreshed", [resource.name])
}

deny contains finding.hidden(node, sprintf("[%q]", [key]), msg) if {
	input.kind in {"SecretStore", "ClusterSecretStore"}
	walk(input.spec.provider, [_, node])
	is_object(node)
	some key, value in node
	secrets.sensitive(key, value)
	msg := sprintf("%s %q holds a readable credential in %q", [input.kind, resource.name, key])
}

deny contains finding.at(input, "spec", msg) if {
	input.kind == "ClusterSecretStore"
	count(object.get(input.spec, "conditions", [])) == 0
	msg := sprintf("ClusterSecretStore %q may be used from every namespace", [resource.name])
}

known(ref) if {
	ref.kind == "ClusterSecretStore"
	ref.name in bundle.cluster_names("external-secrets.io", "ClusterSecretStore")
}

known(ref) if {
	object.get(ref, "kind", "SecretStore") == "SecretStore"
	bundle.exists(resource.namespace, "external-secrets.io", "SecretStore", ref.name)
}

missing(ref) := world.missing(resource.namespace, "external-secrets.io", "SecretStore", ref.name) if {
	object.get(ref, "kind", "SecretStore") == "SecretStore"
} else := {"sure": true, "hint": sprintf("; there is ClusterSecretStore %q", [others[0]])} if {
	others := world.alike(cluster_stores, ref.name)
	count(others) > 0
} else := {"sure": false, "hint": ""} if {
	world.strict
	not world.declared("ClusterSecretStore", "", ref.name)
}

cluster_stores := world.forms_of(bundle.cluster_names("external-secrets.io", "ClusterSecretStore"))
