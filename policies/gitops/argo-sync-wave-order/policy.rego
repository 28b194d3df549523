# METADATA
# scope: package
# title: Object is synced before what it needs
# description: Argo CD waits for a wave to be healthy before the next; a user before its dependency never gets healthy, and the sync hangs.
# related_resources:
# - ref: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
# custom:
#   id: LT-ARGO-023
#   slug: argo-sync-wave-order
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [gitops]
#   confidence: exact
#   scope: bundle
#   targets:
#   - {group: "*", kinds: ["*"]}
#   requires: []
#   profiles: [recommended]
#   remediation: Give the dependency an earlier or the same wave.
#   effort: low
#   compliance:
#     soc2-2017: ["A1.2", "CC8.1"]
package lintel.gitops.argo_sync_wave_order

import data.lintel.lib.finding
import data.lintel.lib.index
import data.lintel.lib.inventory
import data.lintel.lib.references
import data.lintel.lib.resource

deny contains finding.at(input, `metadata.annotations["argocd.argoproj.io/sync-wave"]`, msg) if {
	later
	not hook(input)
	some dependency in dependencies
	not hook(dependency)
	wave(dependency) > wave(input)
	msg := sprintf("%s %q is in sync wave %d, before %s %q in wave %d", [input.kind, resource.name, wave(input), dependency.kind, dependency.metadata.name, wave(dependency)])
}

# later holds when any object of the input has a wave above the default.
later if {
	some namespaces in data.inventory.namespace
	some kinds in namespaces
	some objects in kinds
	some candidate in objects
	candidate.metadata.annotations["argocd.argoproj.io/sync-wave"]
}

later if {
	some kinds in data.inventory.cluster
	some objects in kinds
	some candidate in objects
	candidate.metadata.annotations["argocd.argoproj.io/sync-wave"]
}

dependencies contains data.inventory.cluster.v1.Namespace[input.metadata.namespace]

dependencies contains data.inventory.namespace[resource.namespace].v1.ServiceAccount[resource.pod_spec.serviceAccountName]

dependencies contains data.inventory.namespace[resource.namespace].v1[place.kind][place.name] if {
	some place in references.all
}

dependencies contains data.inventory.namespace[resource.namespace].v1.PersistentVolumeClaim[volume.persistentVolumeClaim.claimName] if {
	some volume in resource.volumes
}

dependencies contains definitions[[resource.group, input.kind]] if contains(resource.group, ".")

# definitions holds for each kind its definition, of several the one that comes last.
definitions := {kind: last |
	some kind, list in definitions_of
	most := max([wave(crd) | some crd in list])
	last := [crd | some crd in list; wave(crd) == most][0]
}

definitions_of := index.grouped([{"key": [crd.spec.group, crd.spec.names.kind], "value": crd} |
	some crd in inventory.cluster("apiextensions.k8s.io", "CustomResourceDefinition")
	not hook(crd)
])

hook(candidate) if candidate.metadata.annotations["argocd.argoproj.io/hook"]

wave(candidate) := to_number(text) if {
	text := candidate.metadata.annotations["argocd.argoproj.io/sync-wave"]
	regex.match(`^-?[0-9]+$`, text)
} else := 0
