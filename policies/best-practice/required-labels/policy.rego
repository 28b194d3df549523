# METADATA
# scope: package
# title: Required labels are missing
# description: "Dashboards, cost reports and incident handling find their objects by common labels."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
# custom:
#   id: LT-REL-030
#   slug: required-labels
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
#     labels:
#       type: array
#       items: {type: object, properties: {key: {type: string}, allowedRegex: {type: string}, value: {type: string}}, required: [key]}
#       default: [{key: app.kubernetes.io/name}, {key: app.kubernetes.io/instance}, {key: app.kubernetes.io/version}, {key: app.kubernetes.io/part-of}, {key: app.kubernetes.io/managed-by}]
#       description: Labels wanted, each with an optional pattern for its value, and the value that lintel fix gives it.
#     kinds: {type: array, items: {type: string}, default: [Deployment, StatefulSet, DaemonSet, CronJob], description: "Kinds judged."}
#     includeTemplate: {type: boolean, default: true, description: "Judge the labels of the Pod template too."}
#   remediation: Add the labels to the object and to its Pod template.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     soc2-2017: ["CC8.1"]
package lintel.best_practice.required_labels

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(input, "metadata.labels", msg), additions("/metadata/labels", missing)) if {
	judged
	missing := absent(resource.labels)
	count(missing) > 0
	msg := sprintf("%s %q lacks the labels %s", [input.kind, resource.name, concat(", ", missing)])
}

deny contains finding.fixed(finding.at(resource.template, "metadata.labels", msg), [object.union(op, {"unsafe": true}) | some op in additions("/metadata/labels", missing)]) if {
	templated
	missing := absent(resource.pod_labels)
	count(missing) > 0
	msg := sprintf("the Pod template of %s %q lacks the labels %s", [input.kind, resource.name, concat(", ", missing)])
}

deny contains finding.at(input, field, msg) if {
	judged
	some key in unfit(resource.labels)
	field := sprintf("metadata.labels[%q]", [key])
	msg := sprintf("%s %q has the label %s with the value %q, which does not fit its pattern", [input.kind, resource.name, key, resource.labels[key]])
}

deny contains finding.at(resource.template, field, msg) if {
	templated
	some key in unfit(resource.pod_labels)
	field := sprintf("metadata.labels[%q]", [key])
	msg := sprintf("the Pod template of %s %q has the label %s with the value %q, which does not fit its pattern", [input.kind, resource.name, key, resource.pod_labels[key]])
}

judged if input.kind in data.parameters["LT-REL-030"].kinds

templated if {
	judged
	not resource.is_pod
	is_object(resource.template)
	data.parameters["LT-REL-030"].includeTemplate == true
}

absent(labels) := [entry.key |
	some entry in data.parameters["LT-REL-030"].labels
	not entry.key in object.keys(labels)
]

unfit(labels) := {entry.key |
	some entry in data.parameters["LT-REL-030"].labels
	value := labels[entry.key]
	not regex.match(entry.allowedRegex, value)
}

# additions put in the missing labels, when the value of each is given.
additions(place, missing) := [op | some entry in given; op := {"op": "add", "path": sprintf("%s/%s", [place, replace(entry.key, "/", "~1")]), "value": entry.value}] if {
	given := [entry |
		some entry in data.parameters["LT-REL-030"].labels
		entry.key in missing
		entry.value
	]
	count(given) == count(missing)
} else := []
