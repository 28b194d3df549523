# Every ConfigMap and Secret that the reviewed workload or Ingress needs to run.
package lintel.lib.references

import data.lintel.lib.inventory
import data.lintel.lib.resource

# all lists {"kind", "name", "node", "field"} and, when one key is asked for, "key" and "key_field".
all := array.flatten([of_variables, of_env_from, of_volumes, of_projections, of_pull_secrets, of_csi, of_tls])

of_variables := [place |
	some c in resource.containers
	some variable in c.env
	some field, kind in {"configMapKeyRef": "ConfigMap", "secretKeyRef": "Secret"}
	ref := variable.valueFrom[field]
	required(ref)
	place := {"kind": kind, "name": ref.name, "node": ref, "field": "name", "key": ref.key, "key_field": "key"}
]

of_env_from := [place |
	some c in resource.containers
	some source in c.envFrom
	some field, kind in {"configMapRef": "ConfigMap", "secretRef": "Secret"}
	ref := source[field]
	required(ref)
	place := {"kind": kind, "name": ref.name, "node": ref, "field": "name"}
]

of_volumes := [place |
	some volume in resource.volumes
	some field, about in {"configMap": ["ConfigMap", "name"], "secret": ["Secret", "secretName"]}
	ref := volume[field]
	required(ref)
	place := {"kind": about[0], "name": ref[about[1]], "node": ref, "field": about[1]}
]

of_projections := [place |
	some volume in resource.volumes
	some source in volume.projected.sources
	some field, kind in {"configMap": "ConfigMap", "secret": "Secret"}
	ref := source[field]
	required(ref)
	place := {"kind": kind, "name": ref.name, "node": ref, "field": "name"}
]

of_pull_secrets := [place |
	some ref in resource.pod_spec.imagePullSecrets
	place := {"kind": "Secret", "name": ref.name, "node": ref, "field": "name"}
]

of_csi := [place |
	some volume in resource.volumes
	ref := volume.csi.nodePublishSecretRef
	place := {"kind": "Secret", "name": ref.name, "node": ref, "field": "name"}
]

of_tls := [place |
	input.kind == "Ingress"
	not issued
	some entry in input.spec.tls
	is_string(entry.secretName)
	entry.secretName != ""
	place := {"kind": "Secret", "name": entry.secretName, "node": entry, "field": "secretName"}
]

# cert-manager makes the Secrets of an Ingress that carries one of these annotations.
issued if {
	some key in ["cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme"]
	resource.annotations[key]
}

required(ref) if {
	is_object(ref)
	not ref.optional == true
}

# generated_secrets are names of Secrets that a controller makes from another object, by namespace.
generated_secrets[namespace] contains name if {
	some namespace, _ in data.inventory.namespace
	some source in sources
	some object in inventory.namespaced(namespace, source.group, source.kind)
	name := generated_name(object, source)
}

sources := [
	{"group": "bitnami.com", "kind": "SealedSecret", "path": ["spec", "template", "metadata", "name"]},
	{"group": "external-secrets.io", "kind": "ExternalSecret", "path": ["spec", "target", "name"]},
	{"group": "cert-manager.io", "kind": "Certificate", "path": ["spec", "secretName"]},
	{"group": "secrets.hashicorp.com", "kind": "VaultStaticSecret", "path": ["spec", "destination", "name"]},
	{"group": "secrets.infisical.com", "kind": "InfisicalSecret", "path": ["spec", "managedSecretReference", "secretName"]},
	{"group": "onepassword.com", "kind": "OnePasswordItem", "path": ["metadata", "name"]},
]

generated_name(owner, source) := object.get(owner, source.path, owner.metadata.name)
