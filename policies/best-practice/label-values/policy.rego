# METADATA
# scope: package
# title: Label is not valid
# description: "The API server refuses labels with other characters or more than 63 of them, and values that YAML reads as numbers or booleans."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
# custom:
#   id: LT-REL-032
#   slug: label-values
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [metadata]
#   profiles: [recommended, all]
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
#   parameters: {}
#   remediation: "Use letters, digits, dots, dashes and underscores, and quote values that look like numbers."
#   fix: {rule: deny}
#   effort: low
#   compliance: {}
package lintel.best_practice.label_values

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.fixed(finding.at(place.node, field, msg), [{"op": "replace", "path": field, "value": format_int(value, 10), "unsafe": true} | is_number(value); value == floor(value)]) if {
	some place in places
	some key, value in place.labels
	problem := fault(key, value)
	field := sprintf("%s[%q]", [place.field, key])
	msg := sprintf("the label %s of %s %q %s", [key, input.kind, resource.name, problem])
}

places := [{"node": input, "field": "metadata.labels", "labels": resource.labels}] if {
	resource.is_pod
} else := [
	{"node": input, "field": "metadata.labels", "labels": resource.labels},
	{"node": resource.template, "field": "metadata.labels", "labels": resource.pod_labels},
] if {
	is_object(resource.template)
} else := [{"node": input, "field": "metadata.labels", "labels": resource.labels}]

# The API server reads null as the empty text.
fault(key, value) := sprintf("is %v, not a text", [value]) if {
	not is_string(value)
	value != null
} else := sprintf("has the value %q, which is not valid", [value]) if {
	not valid_value(value)
} else := "has a name that is not valid" if {
	not valid_key(key)
}

valid_value(text) if text in {"", null}

valid_value(text) if valid_name(text)

valid_key(key) if {
	not contains(key, "/")
	valid_name(key)
}

valid_key(key) if {
	parts := split(key, "/")
	count(parts) == 2
	valid_name(parts[1])
	count(parts[0]) < 254
	regex.match(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$`, parts[0])
}

valid_name(text) if {
	count(text) < 64
	regex.match(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`, text)
}
