# METADATA
# scope: package
# title: Object lives in the default namespace
# description: "The default namespace has no quotas, policies or rights of its own, and everything that forgot its namespace meets there."
# related_resources:
# - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   id: LT-POD-060
#   slug: default-namespace
#   aliases: []
#   version: 1.0.0
#   status: stable
#   severity: low
#   tags: [namespace]
#   profiles: [multi-tenant, all]
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
#   requires: []
#   parameters:
#     ignoreEmpty: {type: boolean, default: false, description: "Accept objects without a namespace, for manifests that get it when they are applied."}
#     ignoreKinds: {type: array, items: {type: string}, default: [], description: "Kinds left alone."}
#   remediation: Set metadata.namespace to a namespace made for the application.
#   effort: low
#   compliance:
#     cis-k8s-1.8: ["5.7.4"]
#     nsa-cisa-1.2: ["NET-1"]
#     mitre-attack: ["T1610"]
#     soc2-2017: ["CC6.1"]
package lintel.best_practice.default_namespace

import data.lintel.lib.finding
import data.lintel.lib.resource

deny contains finding.at(input, "metadata.namespace", msg) if {
	resource.namespace == "default"
	not ignored
	msg := problem
}

ignored if input.kind in data.parameters["LT-POD-060"].ignoreKinds

problem := sprintf("%s %q is put into the default namespace", [input.kind, resource.name]) if {
	input.metadata.namespace == "default"
} else := sprintf("%s %q names no namespace and lands in default", [input.kind, resource.name]) if {
	data.parameters["LT-POD-060"].ignoreEmpty == false
}
