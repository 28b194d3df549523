# METADATA
# scope: package
# title: API version is deprecated
# description: The API version still works in the target version but is announced to go; the API server warns at every request.
# related_resources:
# - ref: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
# custom:
#   id: LT-API-002
#   slug: deprecated-api
#   version: 1.0.0
#   status: stable
#   severity: medium
#   tags: [deprecation]
#   confidence: exact
#   scope: object
#   targets:
#   - {group: "", kinds: [ComponentStatus, Endpoints]}
#   - {group: admission.k8s.io, kinds: [AdmissionReview]}
#   - {group: admissionregistration.k8s.io, kinds: [MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding, MutatingWebhookConfiguration, ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding, ValidatingWebhookConfiguration]}
#   - {group: apidiscovery.k8s.io, kinds: [APIGroupDiscovery]}
#   - {group: apiextensions.k8s.io, kinds: [CustomResourceDefinition]}
#   - {group: apiregistration.k8s.io, kinds: [APIService]}
#   - {group: apps, kinds: [ControllerRevision, DaemonSet, Deployment, DeploymentRollback, ReplicaSet, Scale, StatefulSet]}
#   - {group: auditregistration.k8s.io, kinds: [AuditSink]}
#   - {group: authentication.k8s.io, kinds: [SelfSubjectReview, TokenReview]}
#   - {group: authorization.k8s.io, kinds: [LocalSubjectAccessReview, SelfSubjectAccessReview, SelfSubjectRulesReview, SubjectAccessReview]}
#   - {group: autoscaling, kinds: [HorizontalPodAutoscaler]}
#   - {group: batch, kinds: [CronJob]}
#   - {group: certificates.k8s.io, kinds: [CertificateSigningRequest, ClusterTrustBundle, PodCertificateRequest]}
#   - {group: coordination.k8s.io, kinds: [Lease, LeaseCandidate]}
#   - {group: discovery.k8s.io, kinds: [EndpointSlice]}
#   - {group: events.k8s.io, kinds: [Event]}
#   - {group: extensions, kinds: [DaemonSet, Deployment, DeploymentRollback, Ingress, NetworkPolicy, PodSecurityPolicy, ReplicaSet, Scale]}
#   - {group: flowcontrol.apiserver.k8s.io, kinds: [FlowSchema, PriorityLevelConfiguration]}
#   - {group: networking.k8s.io, kinds: [ClusterCIDR, IPAddress, Ingress, IngressClass, ServiceCIDR]}
#   - {group: node.k8s.io, kinds: [RuntimeClass]}
#   - {group: policy, kinds: [Eviction, PodDisruptionBudget, PodSecurityPolicy]}
#   - {group: rbac.authorization.k8s.io, kinds: [ClusterRole, ClusterRoleBinding, Role, RoleBinding]}
#   - {group: resource.k8s.io, kinds: [DeviceClass, DeviceTaintRule, PodScheduling, PodSchedulingContext, ResourceClaim, ResourceClaimParameters, ResourceClaimTemplate, ResourceClass, ResourceClassParameters, ResourceSlice]}
#   - {group: scheduling.k8s.io, kinds: [PriorityClass]}
#   - {group: settings.k8s.io, kinds: [PodPreset]}
#   - {group: storage.k8s.io, kinds: [CSIDriver, CSINode, CSIStorageCapacity, StorageClass, VolumeAttachment, VolumeAttributesClass]}
#   - {group: storagemigration.k8s.io, kinds: [StorageVersionMigration]}
#   profiles: [recommended]
#   remediation: Move to the replacement while both versions are served.
#   fix: {rule: deny}
#   effort: low
#   compliance:
#     nsa-cisa-1.2: ["UPG-1"]
#     soc2-2017: ["CC7.1", "CC8.1"]
package lintel.deprecation.deprecated_api

import data.lintel.lib.apis
import data.lintel.lib.finding

deny contains finding.fixed(finding.at(input, "apiVersion", msg), apis.move(row)) if {
	row := apis.row(input.apiVersion, input.kind)
	apis.deprecated(row)
	not apis.removed(row)
	msg := sprintf("%s %s is deprecated since Kubernetes %s%s: %s", [input.apiVersion, input.kind, row.deprecated, until(row), apis.advice(row)])
}

until(row) := sprintf(" and gone in %s", [row.removed]) if {
	row.removed
} else := ""
