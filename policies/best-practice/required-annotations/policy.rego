# METADATA
# scope: package
# title: Required annotations are missing
# description: Annotations such as an owner or a run book let whoever is on call know what to do. The list is empty until it is configured.
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
# custom:
#   id: LT-REL-031
#   slug: required-annotations
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [metadata]
#   profiles: [all]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [Pod, PodTemplate, ReplicationController, Service, ConfigMap, Secret, ServiceAccount, PersistentVolumeClaim, Endpoints, LimitRange, ResourceQuota]}
#   - {group: apps, kinds: [Deployment, StatefulSet, DaemonSet, ReplicaSet]}
#   - {group: extensions, kinds: [Deployment, DaemonSet, ReplicaSet, Ingress, NetworkPolicy]}
#   - {group: batch, kinds: [Job, CronJob]}
#   - {group: networking.k8s.io, kinds: [Ingress, NetworkPolicy]}
#   - {group: gateway.networking.k8s.io, kinds: [Gateway, HTTPRoute, GRPCRoute, TLSRoute, TCPRoute, UDPRoute]}
#   - {group: rbac.authorization.k8s.io, kinds: [Role, RoleBinding]}
#   - {group: policy, kinds: [PodDisruptionBudget]}
#   - {group: autoscaling, kinds: [HorizontalPodAutoscaler]}
#   - {group: discovery.k8s.io, kinds: [EndpointSlice]}
#   - {group: monitoring.coreos.com, kinds: [ServiceMonitor, PodMonitor, PrometheusRule, AlertmanagerConfig]}
#   - {group: external-secrets.io, kinds: [ExternalSecret, SecretStore]}
#   - {group: bitnami.com, kinds: [SealedSecret]}
#   - {group: cert-manager.io, kinds: [Certificate, Issuer]}
#   - {group: "", kinds: [Namespace]}
#   requires: []
#   parameters:
#     annotations:
#       type: array
#       items: {type: object, properties: {key: {type: string}, allowedRegex: {type: string}, value: {type: string}}, required: [key]}
#       default: []
#       description: Annotations wanted, each with an optional pattern for its value, and the value that lintel fix gives it.
#     kinds: {type: array, items: {type: string}, default: [Deployment, StatefulSet, DaemonSet, CronJob], description: "Kinds judged."}
#   remediation: Add the annotations to the object.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.best_practice.required_annotations

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, "metadata.annotations", msg), additions) if {
	judged
	count(absent) > 0
	msg := sprintf("%s %q lacks the annotations %s", [input.kind, resource.name, concat(", ", absent)])
}

deny contains finding.at(input, field, msg) if {
	judged
	some entry in data.parameters["LT-REL-031"].annotations
	value := resource.annotations[entry.key]
	not regex.match(entry.allowedRegex, value)
	field := sprintf("metadata.annotations[%q]", [entry.key])
	msg := sprintf("%s %q has the annotation %s with the value %q, which does not fit its pattern", [input.kind, resource.name, entry.key, value])
}

judged if input.kind in data.parameters["LT-REL-031"].kinds

absent := [entry.key |
	some entry in data.parameters["LT-REL-031"].annotations
	not entry.key in object.keys(resource.annotations)
]

# additions put in the missing annotations, when the value of each is given.
additions := [op | some entry in given; op := {"op": "add", "path": sprintf("/metadata/annotations/%s", [replace(entry.key, "/", "~1")]), "value": entry.value}] if {
	given := [entry |
		some entry in data.parameters["LT-REL-031"].annotations
		entry.key in absent
		entry.value
	]
	count(given) == count(absent)
} else := []
