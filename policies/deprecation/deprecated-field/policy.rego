# METADATA
# scope: package
# title: Object uses a deprecated field or annotation
# description: The field, annotation or volume type has a successor; some are no longer read at all.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/labels-annotations-taints/
# custom:
#   id: LT-API-005
#   slug: deprecated-field
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [deprecation]
#   confidence: exact
#   scope: object
#   targets:
#   - workloads
#   - {group: networking.k8s.io, kinds: [Ingress]}
#   - {group: extensions, kinds: [Ingress]}
#   - {group: "", kinds: [Service]}
#   - {group: "", kinds: [PersistentVolumeClaim]}
#   profiles: [recommended]
#   remediation: Use the field that replaced it.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     soc2-2017: ["CC7.1"]
package lintel.deprecation.deprecated_field

import data.lintel.lib.finding
import data.lintel.lib.ingress
import data.lintel.lib.resource
import data.lintel.lib.settings

deny contains finding.fixed(finding.at(holder, sprintf("metadata.annotations[%q]", [key]), msg), moves(key)) if {
	some holder in holders
	some key, _ in holder.metadata.annotations
	row := annotation(key)
	settings.kubernetes >= row.since
	msg := sprintf("annotation %s of %s %q is deprecated: use %s", [key, input.kind, resource.name, row.use])
}

deny contains finding.at(volume, kind, msg) if {
	some volume in resource.volumes
	some kind, _ in volume
	row := volume_types[kind]
	settings.kubernetes >= row.since
	msg := sprintf("volume %q is of type %s, which %s: use %s", [object.get(volume, "name", ""), kind, fate(row), row.use])
}

fate(row) := sprintf("Kubernetes %d.%d removed", [floor(row.removed / 1000), row.removed % 1000]) if {
	settings.kubernetes >= row.removed
} else := "is deprecated"

deny contains finding.fixed(finding.at(resource.pod_spec, sprintf("nodeSelector[%q]", [key]), msg), renamed(key, use)) if {
	some key, _ in resource.pod_spec.nodeSelector
	use := node_labels[key]
	msg := sprintf("node label %s is deprecated: use %s", [key, use])
}

deny contains finding.at(input, "spec.loadBalancerIP", msg) if {
	input.kind == "Service"
	input.spec.loadBalancerIP != ""
	settings.kubernetes >= 1024
	msg := sprintf("spec.loadBalancerIP of Service %q is deprecated: use an annotation of the provider", [resource.name])
}

holders := [input, resource.template] if {
	not resource.is_pod
	is_object(resource.template)
} else := [input]

annotation(key) := annotations[key]

annotation(key) := {"since": 1019, "use": "securityContext.seccompProfile"} if {
	startswith(key, "container.seccomp.security.alpha.kubernetes.io/")
}

annotation(key) := {"since": 1030, "use": "securityContext.appArmorProfile"} if {
	startswith(key, "container.apparmor.security.beta.kubernetes.io/")
}

annotations := {
	"seccomp.security.alpha.kubernetes.io/pod": {"since": 1019, "use": "securityContext.seccompProfile"},
	"kubernetes.io/ingress.class": {"since": 1018, "use": "spec.ingressClassName"},
	"scheduler.alpha.kubernetes.io/critical-pod": {"since": 1013, "use": "spec.priorityClassName"},
	"volume.beta.kubernetes.io/storage-class": {"since": 1006, "use": "spec.storageClassName"},
	"service.kubernetes.io/topology-aware-hints": {"since": 1027, "use": "spec.trafficDistribution"},
}

volume_types := {
	"gitRepo": {"since": 1011, "use": "an init container or an image volume"},
	"glusterfs": {"since": 1025, "removed": 1026, "use": "csi"},
	"cephfs": {"since": 1028, "removed": 1031, "use": "csi"},
	"rbd": {"since": 1028, "removed": 1031, "use": "csi"},
	"flocker": {"since": 1022, "removed": 1025, "use": "csi"},
	"quobyte": {"since": 1022, "removed": 1025, "use": "csi"},
	"storageos": {"since": 1022, "removed": 1025, "use": "csi"},
	"scaleIO": {"since": 1022, "removed": 1022, "use": "csi"},
	"awsElasticBlockStore": {"since": 1017, "use": "csi or a claim"},
	"azureDisk": {"since": 1019, "use": "csi or a claim"},
	"azureFile": {"since": 1021, "use": "csi or a claim"},
	"cinder": {"since": 1018, "use": "csi or a claim"},
	"gcePersistentDisk": {"since": 1017, "use": "csi or a claim"},
	"vsphereVolume": {"since": 1019, "use": "csi or a claim"},
	"portworxVolume": {"since": 1025, "use": "csi or a claim"},
	"flexVolume": {"since": 1023, "use": "csi"},
}

node_labels := {
	"beta.kubernetes.io/os": "kubernetes.io/os",
	"beta.kubernetes.io/arch": "kubernetes.io/arch",
	"beta.kubernetes.io/instance-type": "node.kubernetes.io/instance-type",
	"failure-domain.beta.kubernetes.io/zone": "topology.kubernetes.io/zone",
	"failure-domain.beta.kubernetes.io/region": "topology.kubernetes.io/region",
	"node-role.kubernetes.io/master": "node-role.kubernetes.io/control-plane",
}

renamed(key, use) := [{"op": "move", "from": pointer("/nodeSelector", key), "path": pointer("/nodeSelector", use), "unsafe": true} |
	not resource.pod_spec.nodeSelector[use]
]

# moves write what an annotation of the object says into the field that replaced it.
moves(key) := [
	{"op": "add", "path": concat("/", ["/spec", successor.field]), "value": resource.annotations[key], "unsafe": successor.unsafe},
	{"op": "remove", "path": pointer("/metadata/annotations", key)},
] if {
	successor := successors[input.kind]
	successor.annotation == key
	not input.spec[successor.field]
} else := []

successors := {
	"Ingress": {"annotation": "kubernetes.io/ingress.class", "field": "ingressClassName", "unsafe": true},
	"PersistentVolumeClaim": {"annotation": "volume.beta.kubernetes.io/storage-class", "field": "storageClassName", "unsafe": false},
}

pointer(place, key) := concat("/", [place, replace(key, "/", "~1")])
