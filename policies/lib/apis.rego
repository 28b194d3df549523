# Deprecated and removed API versions, by apiVersion and kind. Versions are Kubernetes minor
# releases; in `products` they are releases of the product that serves the kind.
package lintel.lib.apis

import data.lintel.lib.api_moves
import data.lintel.lib.settings

# row describes an API version of Kubernetes; lists share the row of their kind.
row(api_version, kind) := kubernetes[api_version][trim_suffix(kind, "List")]

removed(entry) if settings.number(entry.removed) <= settings.kubernetes

deprecated(entry) if settings.number(entry.deprecated) <= settings.kubernetes

# advice says what to use instead, and since when when the target version does not have it yet.
advice(entry) := sprintf("use %s, which %s does not serve before 1.%d", [entry.replacement, data.settings.kubernetes_version, settings.number(entry.replacement_since) - 1000]) if {
	settings.number(entry.replacement_since) > settings.kubernetes
} else := sprintf("use %s", [entry.replacement]) if {
	entry.replacement
} else := sprintf("there is no replacement; %s", [entry.note]) if {
	entry.note
} else := "there is no replacement"

# move holds the operations that bring the reviewed object to the version that replaced its own, when the target version
# serves it and its fields stay as they are or are known to have other names.
move(entry) := array.concat([{"op": "replace", "path": "/apiVersion", "value": entry.replacement, "unsafe": uncertain(entry)}], api_moves.fields) if {
	not endswith(input.kind, "List")
	regex.match(`^[a-z0-9.]+/v[0-9a-z]+$`, entry.replacement)
	available(entry)
	not needs_people(entry)
} else := []

available(entry) if not entry.replacement_since

available(entry) if settings.number(entry.replacement_since) <= settings.kubernetes

# needs_people holds where fields change in ways that no rule here follows.
needs_people(entry) if {
	entry.note
	not input.kind in object.keys(followed)
}

needs_people(_) if {
	input.kind == "PodDisruptionBudget"
	object.get(input.spec, "selector", {}) == {}
}

needs_people(_) if {
	input.apiVersion == "autoscaling/v2beta1"
	some metric in input.spec.metrics
	not is_object(object.get(metric, "resource", null))
}

# followed holds whether a program may behave differently afterwards.
followed := {
	"DaemonSet": true, "Deployment": true, "Ingress": false, "IngressClass": false, "HorizontalPodAutoscaler": false,
	"PodDisruptionBudget": false, "RuntimeClass": false, "PriorityLevelConfiguration": false, "FlowSchema": false,
	"ValidatingAdmissionPolicy": false, "ValidatingAdmissionPolicyBinding": false,
	"MutatingAdmissionPolicy": false, "MutatingAdmissionPolicyBinding": false, "MutatingWebhookConfiguration": true, "ValidatingWebhookConfiguration": true,
}

# uncertain holds also for kinds of other projects, whose fields are not checked.
uncertain(entry) if {
	entry.note
	followed[input.kind]
} else if {
	not entry.replacement_since
} else := false

# The API groups of the API server.
kubernetes := {
	"extensions/v1beta1": {
		"DaemonSet": {"deprecated": "1.8", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9", "note": "spec.selector becomes required and immutable; rollbackTo is gone; update strategy defaults change"},
		"Deployment": {"deprecated": "1.8", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9", "note": "spec.selector becomes required and immutable; rollbackTo is gone; update strategy defaults change"},
		"ReplicaSet": {"deprecated": "1.8", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9"},
		"DeploymentRollback": {"deprecated": "1.8", "removed": "1.16", "note": "use kubectl rollout undo"},
		"Scale": {"deprecated": "1.2", "removed": "1.16", "replacement": "autoscaling/v1", "replacement_since": "1.2"},
		"NetworkPolicy": {"deprecated": "1.9", "removed": "1.16", "replacement": "networking.k8s.io/v1", "replacement_since": "1.8"},
		"PodSecurityPolicy": {"deprecated": "1.11", "removed": "1.16", "note": "use Pod Security admission"},
		"Ingress": {"deprecated": "1.14", "removed": "1.22", "replacement": "networking.k8s.io/v1", "replacement_since": "1.19", "note": "backend.serviceName/servicePort become backend.service.name and service.port.{name,number}; pathType required; spec.backend becomes spec.defaultBackend"},
	},
	"apps/v1beta1": {
		"ControllerRevision": {"deprecated": "1.8", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9"},
		"Deployment": {"deprecated": "1.8", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9"},
		"StatefulSet": {"deprecated": "1.8", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9"},
		"DeploymentRollback": {"deprecated": "1.8", "removed": "1.16"},
		"Scale": {"deprecated": "1.8", "removed": "1.16", "replacement": "autoscaling/v1", "replacement_since": "1.2"},
	},
	"apps/v1beta2": {
		"ControllerRevision": {"deprecated": "1.9", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9"},
		"DaemonSet": {"deprecated": "1.9", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9"},
		"Deployment": {"deprecated": "1.9", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9"},
		"ReplicaSet": {"deprecated": "1.9", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9"},
		"StatefulSet": {"deprecated": "1.9", "removed": "1.16", "replacement": "apps/v1", "replacement_since": "1.9"},
		"Scale": {"deprecated": "1.9", "removed": "1.16", "replacement": "autoscaling/v1", "replacement_since": "1.2"},
	},
	"auditregistration.k8s.io/v1alpha1": {
		"AuditSink": {"deprecated": "1.19", "removed": "1.19", "note": "dynamic auditing was dropped; use a static audit webhook backend"},
	},
	"settings.k8s.io/v1alpha1": {
		"PodPreset": {"deprecated": "1.20", "removed": "1.20", "note": "use a mutating admission policy or webhook"},
	},
	"flowcontrol.apiserver.k8s.io/v1alpha1": {
		"FlowSchema": {"deprecated": "1.20", "removed": "1.21", "replacement": "flowcontrol.apiserver.k8s.io/v1", "replacement_since": "1.29"},
		"PriorityLevelConfiguration": {"deprecated": "1.20", "removed": "1.21", "replacement": "flowcontrol.apiserver.k8s.io/v1", "replacement_since": "1.29"},
	},
	"batch/v2alpha1": {
		"CronJob": {"deprecated": "1.8", "removed": "1.21", "replacement": "batch/v1", "replacement_since": "1.21"},
	},
	"admissionregistration.k8s.io/v1beta1": {
		"MutatingWebhookConfiguration": {"deprecated": "1.16", "removed": "1.22", "replacement": "admissionregistration.k8s.io/v1", "replacement_since": "1.16", "note": "v1 makes sideEffects (None or NoneOnDryRun) and admissionReviewVersions required, defaults failurePolicy to Fail, matchPolicy to Equivalent and timeoutSeconds to 10"},
		"ValidatingWebhookConfiguration": {"deprecated": "1.16", "removed": "1.22", "replacement": "admissionregistration.k8s.io/v1", "replacement_since": "1.16", "note": "v1 makes sideEffects (None or NoneOnDryRun) and admissionReviewVersions required, defaults failurePolicy to Fail, matchPolicy to Equivalent and timeoutSeconds to 10"},
		"ValidatingAdmissionPolicy": {"deprecated": "1.31", "removed": "1.34", "replacement": "admissionregistration.k8s.io/v1", "replacement_since": "1.30"},
		"ValidatingAdmissionPolicyBinding": {"deprecated": "1.31", "removed": "1.34", "replacement": "admissionregistration.k8s.io/v1", "replacement_since": "1.30"},
		"MutatingAdmissionPolicy": {"deprecated": "1.37", "removed": "1.40", "replacement": "admissionregistration.k8s.io/v1", "replacement_since": "1.36"},
		"MutatingAdmissionPolicyBinding": {"deprecated": "1.37", "removed": "1.40", "replacement": "admissionregistration.k8s.io/v1", "replacement_since": "1.36"},
	},
	"apiextensions.k8s.io/v1beta1": {
		"CustomResourceDefinition": {"deprecated": "1.16", "removed": "1.22", "replacement": "apiextensions.k8s.io/v1", "replacement_since": "1.16", "note": "v1 needs a structural schema per version, preserveUnknownFields false, per-version subresources and printer columns"},
	},
	"apiregistration.k8s.io/v1beta1": {
		"APIService": {"deprecated": "1.19", "removed": "1.22", "replacement": "apiregistration.k8s.io/v1", "replacement_since": "1.10"},
	},
	"authentication.k8s.io/v1beta1": {
		"TokenReview": {"deprecated": "1.19", "removed": "1.22", "replacement": "authentication.k8s.io/v1", "replacement_since": "1.6"},
		"SelfSubjectReview": {"deprecated": "1.30", "removed": "1.33", "replacement": "authentication.k8s.io/v1", "replacement_since": "1.28"},
	},
	"authorization.k8s.io/v1beta1": {
		"LocalSubjectAccessReview": {"deprecated": "1.19", "removed": "1.22", "replacement": "authorization.k8s.io/v1", "replacement_since": "1.6", "note": "spec.group becomes spec.groups"},
		"SelfSubjectAccessReview": {"deprecated": "1.19", "removed": "1.22", "replacement": "authorization.k8s.io/v1", "replacement_since": "1.6", "note": "spec.group becomes spec.groups"},
		"SubjectAccessReview": {"deprecated": "1.19", "removed": "1.22", "replacement": "authorization.k8s.io/v1", "replacement_since": "1.6", "note": "spec.group becomes spec.groups"},
		"SelfSubjectRulesReview": {"deprecated": "1.19", "removed": "1.22", "replacement": "authorization.k8s.io/v1", "replacement_since": "1.8"},
	},
	"certificates.k8s.io/v1beta1": {
		"CertificateSigningRequest": {"deprecated": "1.19", "removed": "1.22", "replacement": "certificates.k8s.io/v1", "replacement_since": "1.19", "note": "v1 makes signerName and usages required; kubernetes.io/legacy-unknown may not be requested"},
		"ClusterTrustBundle": {"deprecated": "1.37", "removed": "1.40", "replacement": "certificates.k8s.io/v1", "replacement_since": "1.37"},
		"PodCertificateRequest": {"deprecated": "1.37", "removed": "1.40", "replacement": "certificates.k8s.io/v1", "replacement_since": "1.37"},
	},
	"coordination.k8s.io/v1beta1": {
		"Lease": {"deprecated": "1.19", "removed": "1.22", "replacement": "coordination.k8s.io/v1", "replacement_since": "1.14"},
		"LeaseCandidate": {"deprecated": "1.36", "removed": "1.39"},
	},
	"networking.k8s.io/v1beta1": {
		"Ingress": {"deprecated": "1.19", "removed": "1.22", "replacement": "networking.k8s.io/v1", "replacement_since": "1.19", "note": "same field changes as extensions/v1beta1 Ingress"},
		"IngressClass": {"deprecated": "1.19", "removed": "1.22", "replacement": "networking.k8s.io/v1", "replacement_since": "1.19", "note": "same field changes as extensions/v1beta1 Ingress"},
		"IPAddress": {"deprecated": "1.34", "removed": "1.37", "replacement": "networking.k8s.io/v1", "replacement_since": "1.33"},
		"ServiceCIDR": {"deprecated": "1.34", "removed": "1.37", "replacement": "networking.k8s.io/v1", "replacement_since": "1.33"},
	},
	"rbac.authorization.k8s.io/v1alpha1": {
		"ClusterRole": {"deprecated": "1.17", "removed": "1.22", "replacement": "rbac.authorization.k8s.io/v1", "replacement_since": "1.8"},
		"ClusterRoleBinding": {"deprecated": "1.17", "removed": "1.22", "replacement": "rbac.authorization.k8s.io/v1", "replacement_since": "1.8"},
		"Role": {"deprecated": "1.17", "removed": "1.22", "replacement": "rbac.authorization.k8s.io/v1", "replacement_since": "1.8"},
		"RoleBinding": {"deprecated": "1.17", "removed": "1.22", "replacement": "rbac.authorization.k8s.io/v1", "replacement_since": "1.8"},
	},
	"rbac.authorization.k8s.io/v1beta1": {
		"ClusterRole": {"deprecated": "1.17", "removed": "1.22", "replacement": "rbac.authorization.k8s.io/v1", "replacement_since": "1.8"},
		"ClusterRoleBinding": {"deprecated": "1.17", "removed": "1.22", "replacement": "rbac.authorization.k8s.io/v1", "replacement_since": "1.8"},
		"Role": {"deprecated": "1.17", "removed": "1.22", "replacement": "rbac.authorization.k8s.io/v1", "replacement_since": "1.8"},
		"RoleBinding": {"deprecated": "1.17", "removed": "1.22", "replacement": "rbac.authorization.k8s.io/v1", "replacement_since": "1.8"},
	},
	"scheduling.k8s.io/v1alpha1": {
		"PriorityClass": {"deprecated": "1.14", "removed": "1.22", "replacement": "scheduling.k8s.io/v1", "replacement_since": "1.14"},
	},
	"scheduling.k8s.io/v1beta1": {
		"PriorityClass": {"deprecated": "1.14", "removed": "1.22", "replacement": "scheduling.k8s.io/v1", "replacement_since": "1.14"},
	},
	"storage.k8s.io/v1beta1": {
		"CSIDriver": {"deprecated": "1.19", "removed": "1.22", "replacement": "storage.k8s.io/v1", "replacement_since": "1.18"},
		"CSINode": {"deprecated": "1.17", "removed": "1.22", "replacement": "storage.k8s.io/v1", "replacement_since": "1.17"},
		"StorageClass": {"deprecated": "1.19", "removed": "1.22", "replacement": "storage.k8s.io/v1", "replacement_since": "1.6"},
		"VolumeAttachment": {"deprecated": "1.19", "removed": "1.22", "replacement": "storage.k8s.io/v1", "replacement_since": "1.13"},
		"CSIStorageCapacity": {"deprecated": "1.24", "removed": "1.27", "replacement": "storage.k8s.io/v1", "replacement_since": "1.24"},
		"VolumeAttributesClass": {"deprecated": "1.34", "removed": "1.37", "replacement": "storage.k8s.io/v1", "replacement_since": "1.34"},
	},
	"admission.k8s.io/v1beta1": {
		"AdmissionReview": {"deprecated": "1.19", "removed": "1.22", "replacement": "admission.k8s.io/v1", "replacement_since": "1.16", "note": "wire format only; appears in webhook admissionReviewVersions"},
	},
	"storage.k8s.io/v1alpha1": {
		"VolumeAttachment": {"deprecated": "1.21", "removed": "1.24", "replacement": "storage.k8s.io/v1", "replacement_since": "1.13"},
		"CSIStorageCapacity": {"deprecated": "1.21", "removed": "1.24", "replacement": "storage.k8s.io/v1", "replacement_since": "1.24"},
		"VolumeAttributesClass": {"deprecated": "1.32", "removed": "1.35", "replacement": "storage.k8s.io/v1", "replacement_since": "1.34"},
	},
	"node.k8s.io/v1alpha1": {
		"RuntimeClass": {"deprecated": "1.21", "removed": "1.24", "replacement": "node.k8s.io/v1", "replacement_since": "1.20", "note": "spec.runtimeHandler becomes handler; no lifecycle marker, release approximate"},
	},
	"batch/v1beta1": {
		"CronJob": {"deprecated": "1.21", "removed": "1.25", "replacement": "batch/v1", "replacement_since": "1.21"},
	},
	"discovery.k8s.io/v1beta1": {
		"EndpointSlice": {"deprecated": "1.21", "removed": "1.25", "replacement": "discovery.k8s.io/v1", "replacement_since": "1.21", "note": "endpoint.topology becomes nodeName, zone and deprecatedTopology"},
	},
	"events.k8s.io/v1beta1": {
		"Event": {"deprecated": "1.22", "removed": "1.25", "replacement": "events.k8s.io/v1", "replacement_since": "1.19"},
	},
	"autoscaling/v2beta1": {
		"HorizontalPodAutoscaler": {"deprecated": "1.22", "removed": "1.25", "replacement": "autoscaling/v2", "replacement_since": "1.23", "note": "target*Utilization and target*Value fields become metrics[].*.target"},
	},
	"policy/v1beta1": {
		"PodDisruptionBudget": {"deprecated": "1.21", "removed": "1.25", "replacement": "policy/v1", "replacement_since": "1.21", "note": "in v1 an empty selector {} selects every Pod of the namespace (it selected none in v1beta1)"},
		"PodSecurityPolicy": {"deprecated": "1.21", "removed": "1.25", "note": "use Pod Security admission or a policy engine"},
		"Eviction": {"deprecated": "1.22", "removed": "1.25", "replacement": "policy/v1", "replacement_since": "1.22"},
	},
	"node.k8s.io/v1beta1": {
		"RuntimeClass": {"deprecated": "1.22", "removed": "1.25", "replacement": "node.k8s.io/v1", "replacement_since": "1.20"},
	},
	"autoscaling/v2beta2": {
		"HorizontalPodAutoscaler": {"deprecated": "1.23", "removed": "1.26", "replacement": "autoscaling/v2", "replacement_since": "1.23"},
	},
	"flowcontrol.apiserver.k8s.io/v1beta1": {
		"FlowSchema": {"deprecated": "1.23", "removed": "1.26", "replacement": "flowcontrol.apiserver.k8s.io/v1", "replacement_since": "1.29", "note": "assuredConcurrencyShares becomes nominalConcurrencyShares"},
		"PriorityLevelConfiguration": {"deprecated": "1.23", "removed": "1.26", "replacement": "flowcontrol.apiserver.k8s.io/v1", "replacement_since": "1.29", "note": "assuredConcurrencyShares becomes nominalConcurrencyShares"},
	},
	"resource.k8s.io/v1alpha1": {
		"PodScheduling": {"deprecated": "1.27", "removed": "1.27", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA was redesigned; no field-level migration"},
		"ResourceClaim": {"deprecated": "1.27", "removed": "1.27", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA was redesigned; no field-level migration"},
		"ResourceClaimTemplate": {"deprecated": "1.27", "removed": "1.27", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA was redesigned; no field-level migration"},
		"ResourceClass": {"deprecated": "1.27", "removed": "1.27", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA was redesigned; no field-level migration"},
	},
	"flowcontrol.apiserver.k8s.io/v1beta2": {
		"FlowSchema": {"deprecated": "1.26", "removed": "1.29", "replacement": "flowcontrol.apiserver.k8s.io/v1", "replacement_since": "1.29"},
		"PriorityLevelConfiguration": {"deprecated": "1.26", "removed": "1.29", "replacement": "flowcontrol.apiserver.k8s.io/v1", "replacement_since": "1.29"},
	},
	"networking.k8s.io/v1alpha1": {
		"ClusterCIDR": {"deprecated": "1.28", "removed": "1.29", "note": "the feature was dropped"},
		"IPAddress": {"deprecated": "1.30", "removed": "1.33", "replacement": "networking.k8s.io/v1", "replacement_since": "1.33", "note": "types deleted from the tree in 1.34"},
		"ServiceCIDR": {"deprecated": "1.30", "removed": "1.33", "replacement": "networking.k8s.io/v1", "replacement_since": "1.33", "note": "types deleted from the tree in 1.34"},
	},
	"resource.k8s.io/v1alpha2": {
		"PodSchedulingContext": {"deprecated": "1.31", "removed": "1.31", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA redesigned in v1alpha3"},
		"ResourceClaim": {"deprecated": "1.31", "removed": "1.31", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA redesigned in v1alpha3"},
		"ResourceClaimParameters": {"deprecated": "1.31", "removed": "1.31", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA redesigned in v1alpha3"},
		"ResourceClaimTemplate": {"deprecated": "1.31", "removed": "1.31", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA redesigned in v1alpha3"},
		"ResourceClass": {"deprecated": "1.31", "removed": "1.31", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA redesigned in v1alpha3"},
		"ResourceClassParameters": {"deprecated": "1.31", "removed": "1.31", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA redesigned in v1alpha3"},
		"ResourceSlice": {"deprecated": "1.31", "removed": "1.31", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "DRA redesigned in v1alpha3"},
	},
	"authentication.k8s.io/v1alpha1": {
		"SelfSubjectReview": {"deprecated": "1.29", "removed": "1.32", "replacement": "authentication.k8s.io/v1", "replacement_since": "1.28"},
	},
	"flowcontrol.apiserver.k8s.io/v1beta3": {
		"FlowSchema": {"deprecated": "1.29", "removed": "1.32", "replacement": "flowcontrol.apiserver.k8s.io/v1", "replacement_since": "1.29", "note": "in v1 an explicit nominalConcurrencyShares: 0 stays 0 instead of defaulting to 30"},
		"PriorityLevelConfiguration": {"deprecated": "1.29", "removed": "1.32", "replacement": "flowcontrol.apiserver.k8s.io/v1", "replacement_since": "1.29", "note": "in v1 an explicit nominalConcurrencyShares: 0 stays 0 instead of defaulting to 30"},
	},
	"coordination.k8s.io/v1alpha1": {
		"LeaseCandidate": {"deprecated": "1.32", "removed": "1.32", "replacement": "coordination.k8s.io/v1beta1", "replacement_since": "1.33", "note": "replaced by v1alpha2 in 1.32"},
	},
	"admissionregistration.k8s.io/v1alpha1": {
		"ValidatingAdmissionPolicy": {"deprecated": "1.29", "removed": "1.32", "replacement": "admissionregistration.k8s.io/v1", "replacement_since": "1.30", "note": "lifecycle marker 1.32; some tables say 1.33"},
		"ValidatingAdmissionPolicyBinding": {"deprecated": "1.29", "removed": "1.32", "replacement": "admissionregistration.k8s.io/v1", "replacement_since": "1.30", "note": "lifecycle marker 1.32; some tables say 1.33"},
		"MutatingAdmissionPolicy": {"deprecated": "1.35", "removed": "1.38", "replacement": "admissionregistration.k8s.io/v1beta1", "replacement_since": "1.34", "note": "v1 from 1.36"},
		"MutatingAdmissionPolicyBinding": {"deprecated": "1.35", "removed": "1.38", "replacement": "admissionregistration.k8s.io/v1beta1", "replacement_since": "1.34", "note": "v1 from 1.36"},
	},
	"resource.k8s.io/v1alpha3": {
		"DeviceClass": {"deprecated": "1.33", "removed": "1.34", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "marker says deprecated 1.34 / removed 1.37, but the types left the tree in 1.34"},
		"ResourceClaim": {"deprecated": "1.33", "removed": "1.34", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "marker says deprecated 1.34 / removed 1.37, but the types left the tree in 1.34"},
		"ResourceClaimTemplate": {"deprecated": "1.33", "removed": "1.34", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "marker says deprecated 1.34 / removed 1.37, but the types left the tree in 1.34"},
		"ResourceSlice": {"deprecated": "1.33", "removed": "1.34", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34", "note": "marker says deprecated 1.34 / removed 1.37, but the types left the tree in 1.34"},
		"PodSchedulingContext": {"deprecated": "1.32", "removed": "1.32", "note": "classic DRA withdrawn in 1.32"},
		"DeviceTaintRule": {"deprecated": "1.36", "removed": "1.39", "replacement": "resource.k8s.io/v1beta2", "replacement_since": "1.36"},
	},
	"apidiscovery.k8s.io/v2beta1": {
		"APIGroupDiscovery": {"deprecated": "1.32", "removed": "1.35", "replacement": "apidiscovery.k8s.io/v2", "replacement_since": "1.30", "note": "discovery wire format, never in manifests"},
	},
	"storagemigration.k8s.io/v1alpha1": {
		"StorageVersionMigration": {"deprecated": "1.33", "removed": "1.35", "replacement": "storagemigration.k8s.io/v1beta1", "replacement_since": "1.35", "note": "marker said 1.36; types left the tree in 1.35"},
	},
	"certificates.k8s.io/v1alpha1": {
		"PodCertificateRequest": {"deprecated": "1.35", "removed": "1.35", "replacement": "certificates.k8s.io/v1beta1", "replacement_since": "1.35", "note": "left the tree in 1.35"},
		"ClusterTrustBundle": {"deprecated": "1.34", "removed": "1.37", "replacement": "certificates.k8s.io/v1beta1", "replacement_since": "1.33"},
	},
	"coordination.k8s.io/v1alpha2": {
		"LeaseCandidate": {"deprecated": "1.35", "removed": "1.38", "replacement": "coordination.k8s.io/v1beta1", "replacement_since": "1.33"},
	},
	"resource.k8s.io/v1beta1": {
		"DeviceClass": {"deprecated": "1.35", "removed": "1.38", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34"},
		"ResourceClaim": {"deprecated": "1.35", "removed": "1.38", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34"},
		"ResourceClaimTemplate": {"deprecated": "1.35", "removed": "1.38", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34"},
		"ResourceSlice": {"deprecated": "1.35", "removed": "1.38", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34"},
	},
	"v1": {
		"ComponentStatus": {"deprecated": "1.19", "note": "read-only health view, no removal date; use component health endpoints"},
		"Endpoints": {"deprecated": "1.33", "replacement": "discovery.k8s.io/v1 EndpointSlice", "replacement_since": "1.21", "note": "API warns since 1.33; no removal date"},
	},
	"resource.k8s.io/v1beta2": {
		"DeviceClass": {"deprecated": "1.36", "removed": "1.39", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34"},
		"ResourceClaim": {"deprecated": "1.36", "removed": "1.39", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34"},
		"ResourceClaimTemplate": {"deprecated": "1.36", "removed": "1.39", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34"},
		"ResourceSlice": {"deprecated": "1.36", "removed": "1.39", "replacement": "resource.k8s.io/v1", "replacement_since": "1.34"},
	},
	"storagemigration.k8s.io/v1beta1": {
		"StorageVersionMigration": {"deprecated": "1.37", "removed": "1.40", "replacement": "storagemigration.k8s.io/v1", "replacement_since": "1.37"},
	},
}

# Configuration files of the components.
components := {
	"audit.k8s.io/v1alpha1": {
		"Policy": {"deprecated": "1.21", "removed": "1.24", "replacement": "audit.k8s.io/v1"},
		"Event": {"deprecated": "1.21", "removed": "1.24", "replacement": "audit.k8s.io/v1"},
	},
	"audit.k8s.io/v1beta1": {
		"Policy": {"deprecated": "1.21", "removed": "1.24", "replacement": "audit.k8s.io/v1"},
		"Event": {"deprecated": "1.21", "removed": "1.24", "replacement": "audit.k8s.io/v1"},
	},
	"kubeadm.k8s.io/v1beta1": {
		"ClusterConfiguration": {"deprecated": "1.17", "removed": "1.20", "replacement": "kubeadm.k8s.io/v1beta4"},
		"InitConfiguration": {"deprecated": "1.17", "removed": "1.20", "replacement": "kubeadm.k8s.io/v1beta4"},
		"JoinConfiguration": {"deprecated": "1.17", "removed": "1.20", "replacement": "kubeadm.k8s.io/v1beta4"},
	},
	"kubeadm.k8s.io/v1beta2": {
		"ClusterConfiguration": {"deprecated": "1.22", "removed": "1.27", "replacement": "kubeadm.k8s.io/v1beta4"},
		"InitConfiguration": {"deprecated": "1.22", "removed": "1.27", "replacement": "kubeadm.k8s.io/v1beta4"},
		"JoinConfiguration": {"deprecated": "1.22", "removed": "1.27", "replacement": "kubeadm.k8s.io/v1beta4"},
	},
	"kubeadm.k8s.io/v1beta3": {
		"ClusterConfiguration": {"deprecated": "1.31", "replacement": "kubeadm.k8s.io/v1beta4", "note": "extraArgs changes from a map to a list of {name, value}"},
		"InitConfiguration": {"deprecated": "1.31", "replacement": "kubeadm.k8s.io/v1beta4", "note": "extraArgs changes from a map to a list of {name, value}"},
		"JoinConfiguration": {"deprecated": "1.31", "replacement": "kubeadm.k8s.io/v1beta4", "note": "extraArgs changes from a map to a list of {name, value}"},
	},
	"kubescheduler.config.k8s.io/v1beta1": {
		"KubeSchedulerConfiguration": {"deprecated": "1.23", "removed": "1.23", "replacement": "kubescheduler.config.k8s.io/v1"},
	},
	"kubescheduler.config.k8s.io/v1beta2": {
		"KubeSchedulerConfiguration": {"deprecated": "1.25", "removed": "1.28", "replacement": "kubescheduler.config.k8s.io/v1"},
	},
	"kubescheduler.config.k8s.io/v1beta3": {
		"KubeSchedulerConfiguration": {"deprecated": "1.26", "removed": "1.29", "replacement": "kubescheduler.config.k8s.io/v1"},
	},
	"apiserver.config.k8s.io/v1alpha1": {
		"AuthenticationConfiguration": {"deprecated": "1.30", "replacement": "apiserver.config.k8s.io/v1", "note": "prefer v1beta1 or v1; v1 AuthorizationConfiguration since 1.32, v1 AuthenticationConfiguration since 1.34"},
		"AuthorizationConfiguration": {"deprecated": "1.30", "replacement": "apiserver.config.k8s.io/v1", "note": "prefer v1beta1 or v1; v1 AuthorizationConfiguration since 1.32, v1 AuthenticationConfiguration since 1.34"},
	},
	"pod-security.admission.config.k8s.io/v1alpha1": {
		"PodSecurityConfiguration": {"deprecated": "1.23", "replacement": "pod-security.admission.config.k8s.io/v1"},
	},
	"pod-security.admission.config.k8s.io/v1beta1": {
		"PodSecurityConfiguration": {"deprecated": "1.25", "replacement": "pod-security.admission.config.k8s.io/v1"},
	},
	"client.authentication.k8s.io/v1alpha1": {
		"ExecCredential": {"deprecated": "1.22", "removed": "1.24", "replacement": "client.authentication.k8s.io/v1", "note": "appears in kubeconfig users[].user.exec.apiVersion"},
	},
}

# Custom resources common in GitOps repositories.
products := {
	"kustomize.toolkit.fluxcd.io/v1beta1": {
		"Kustomization": {"deprecated": "flux 0.30", "removed": "flux 2.7", "replacement": "kustomize.toolkit.fluxcd.io/v1"},
	},
	"kustomize.toolkit.fluxcd.io/v1beta2": {
		"Kustomization": {"deprecated": "flux 2.0", "removed": "flux 2.8", "replacement": "kustomize.toolkit.fluxcd.io/v1"},
	},
	"source.toolkit.fluxcd.io/v1beta1": {
		"GitRepository": {"deprecated": "flux 0.30", "removed": "flux 2.7", "replacement": "source.toolkit.fluxcd.io/v1"},
		"HelmRepository": {"deprecated": "flux 0.30", "removed": "flux 2.7", "replacement": "source.toolkit.fluxcd.io/v1"},
		"HelmChart": {"deprecated": "flux 0.30", "removed": "flux 2.7", "replacement": "source.toolkit.fluxcd.io/v1"},
		"Bucket": {"deprecated": "flux 0.30", "removed": "flux 2.7", "replacement": "source.toolkit.fluxcd.io/v1"},
	},
	"source.toolkit.fluxcd.io/v1beta2": {
		"GitRepository": {"deprecated": "flux 2.0 (GitRepository), 2.3 (Helm*), 2.4 (Bucket), 2.6 (OCIRepository)", "removed": "flux 2.8", "replacement": "source.toolkit.fluxcd.io/v1"},
		"HelmRepository": {"deprecated": "flux 2.0 (GitRepository), 2.3 (Helm*), 2.4 (Bucket), 2.6 (OCIRepository)", "removed": "flux 2.8", "replacement": "source.toolkit.fluxcd.io/v1"},
		"HelmChart": {"deprecated": "flux 2.0 (GitRepository), 2.3 (Helm*), 2.4 (Bucket), 2.6 (OCIRepository)", "removed": "flux 2.8", "replacement": "source.toolkit.fluxcd.io/v1"},
		"Bucket": {"deprecated": "flux 2.0 (GitRepository), 2.3 (Helm*), 2.4 (Bucket), 2.6 (OCIRepository)", "removed": "flux 2.8", "replacement": "source.toolkit.fluxcd.io/v1"},
		"OCIRepository": {"deprecated": "flux 2.0 (GitRepository), 2.3 (Helm*), 2.4 (Bucket), 2.6 (OCIRepository)", "removed": "flux 2.8", "replacement": "source.toolkit.fluxcd.io/v1"},
	},
	"helm.toolkit.fluxcd.io/v2beta1": {
		"HelmRelease": {"deprecated": "flux 2.2", "removed": "flux 2.7", "replacement": "helm.toolkit.fluxcd.io/v2"},
	},
	"helm.toolkit.fluxcd.io/v2beta2": {
		"HelmRelease": {"deprecated": "flux 2.3", "removed": "flux 2.8", "replacement": "helm.toolkit.fluxcd.io/v2"},
	},
	"notification.toolkit.fluxcd.io/v1beta1": {
		"Alert": {"deprecated": "flux 2.0", "removed": "flux 2.7", "replacement": "notification.toolkit.fluxcd.io/v1beta3 (Alert, Provider), v1 (Receiver)"},
		"Provider": {"deprecated": "flux 2.0", "removed": "flux 2.7", "replacement": "notification.toolkit.fluxcd.io/v1beta3 (Alert, Provider), v1 (Receiver)"},
		"Receiver": {"deprecated": "flux 2.0", "removed": "flux 2.7", "replacement": "notification.toolkit.fluxcd.io/v1beta3 (Alert, Provider), v1 (Receiver)"},
	},
	"notification.toolkit.fluxcd.io/v1beta2": {
		"Alert": {"deprecated": "flux 2.2 (2.0 for Receiver)", "removed": "flux 2.9", "replacement": "notification.toolkit.fluxcd.io/v1beta3 (Alert, Provider), v1 (Receiver)"},
		"Provider": {"deprecated": "flux 2.2 (2.0 for Receiver)", "removed": "flux 2.9", "replacement": "notification.toolkit.fluxcd.io/v1beta3 (Alert, Provider), v1 (Receiver)"},
		"Receiver": {"deprecated": "flux 2.2 (2.0 for Receiver)", "removed": "flux 2.9", "replacement": "notification.toolkit.fluxcd.io/v1beta3 (Alert, Provider), v1 (Receiver)"},
	},
	"certmanager.k8s.io/v1alpha1": {
		"Certificate": {"deprecated": "cert-manager 0.11", "removed": "cert-manager 0.11", "replacement": "cert-manager.io/v1 (acme.cert-manager.io/v1 for Order, Challenge)"},
		"Issuer": {"deprecated": "cert-manager 0.11", "removed": "cert-manager 0.11", "replacement": "cert-manager.io/v1 (acme.cert-manager.io/v1 for Order, Challenge)"},
		"ClusterIssuer": {"deprecated": "cert-manager 0.11", "removed": "cert-manager 0.11", "replacement": "cert-manager.io/v1 (acme.cert-manager.io/v1 for Order, Challenge)"},
		"CertificateRequest": {"deprecated": "cert-manager 0.11", "removed": "cert-manager 0.11", "replacement": "cert-manager.io/v1 (acme.cert-manager.io/v1 for Order, Challenge)"},
		"Order": {"deprecated": "cert-manager 0.11", "removed": "cert-manager 0.11", "replacement": "cert-manager.io/v1 (acme.cert-manager.io/v1 for Order, Challenge)"},
		"Challenge": {"deprecated": "cert-manager 0.11", "removed": "cert-manager 0.11", "replacement": "cert-manager.io/v1 (acme.cert-manager.io/v1 for Order, Challenge)"},
	},
	"cert-manager.io/v1alpha2": {
		"Certificate": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
		"Issuer": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
		"ClusterIssuer": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
		"CertificateRequest": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
	},
	"acme.cert-manager.io/v1alpha2": {
		"Order": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "acme.cert-manager.io/v1"},
		"Challenge": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "acme.cert-manager.io/v1"},
	},
	"cert-manager.io/v1alpha3": {
		"Certificate": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
		"Issuer": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
		"ClusterIssuer": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
		"CertificateRequest": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
	},
	"acme.cert-manager.io/v1alpha3": {
		"Order": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "acme.cert-manager.io/v1"},
		"Challenge": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "acme.cert-manager.io/v1"},
	},
	"cert-manager.io/v1beta1": {
		"Certificate": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
		"Issuer": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
		"ClusterIssuer": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
		"CertificateRequest": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "cert-manager.io/v1"},
	},
	"acme.cert-manager.io/v1beta1": {
		"Order": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "acme.cert-manager.io/v1"},
		"Challenge": {"deprecated": "cert-manager 1.4", "removed": "cert-manager 1.6", "replacement": "acme.cert-manager.io/v1"},
	},
	"traefik.containo.us/v1alpha1": {
		"IngressRoute": {"deprecated": "traefik 2.10", "removed": "traefik 3.0", "replacement": "traefik.io/v1alpha1"},
		"IngressRouteTCP": {"deprecated": "traefik 2.10", "removed": "traefik 3.0", "replacement": "traefik.io/v1alpha1"},
		"IngressRouteUDP": {"deprecated": "traefik 2.10", "removed": "traefik 3.0", "replacement": "traefik.io/v1alpha1"},
		"Middleware": {"deprecated": "traefik 2.10", "removed": "traefik 3.0", "replacement": "traefik.io/v1alpha1"},
		"MiddlewareTCP": {"deprecated": "traefik 2.10", "removed": "traefik 3.0", "replacement": "traefik.io/v1alpha1"},
		"TLSOption": {"deprecated": "traefik 2.10", "removed": "traefik 3.0", "replacement": "traefik.io/v1alpha1"},
		"TLSStore": {"deprecated": "traefik 2.10", "removed": "traefik 3.0", "replacement": "traefik.io/v1alpha1"},
		"TraefikService": {"deprecated": "traefik 2.10", "removed": "traefik 3.0", "replacement": "traefik.io/v1alpha1"},
		"ServersTransport": {"deprecated": "traefik 2.10", "removed": "traefik 3.0", "replacement": "traefik.io/v1alpha1"},
	},
	"external-secrets.io/v1alpha1": {
		"ExternalSecret": {"deprecated": "external-secrets 0.5", "removed": "external-secrets 0.17", "replacement": "external-secrets.io/v1"},
		"SecretStore": {"deprecated": "external-secrets 0.5", "removed": "external-secrets 0.17", "replacement": "external-secrets.io/v1"},
		"ClusterSecretStore": {"deprecated": "external-secrets 0.5", "removed": "external-secrets 0.17", "replacement": "external-secrets.io/v1"},
	},
	"external-secrets.io/v1beta1": {
		"ExternalSecret": {"deprecated": "external-secrets 0.16", "removed": "external-secrets 0.17 (no longer served)", "replacement": "external-secrets.io/v1"},
		"SecretStore": {"deprecated": "external-secrets 0.16", "removed": "external-secrets 0.17 (no longer served)", "replacement": "external-secrets.io/v1"},
		"ClusterSecretStore": {"deprecated": "external-secrets 0.16", "removed": "external-secrets 0.17 (no longer served)", "replacement": "external-secrets.io/v1"},
		"ClusterExternalSecret": {"deprecated": "external-secrets 0.16", "removed": "external-secrets 0.17 (no longer served)", "replacement": "external-secrets.io/v1"},
	},
	"snapshot.storage.k8s.io/v1beta1": {
		"VolumeSnapshot": {"deprecated": "external-snapshotter 4.0", "removed": "external-snapshotter 6.0 (not served)", "replacement": "snapshot.storage.k8s.io/v1"},
		"VolumeSnapshotClass": {"deprecated": "external-snapshotter 4.0", "removed": "external-snapshotter 6.0 (not served)", "replacement": "snapshot.storage.k8s.io/v1"},
		"VolumeSnapshotContent": {"deprecated": "external-snapshotter 4.0", "removed": "external-snapshotter 6.0 (not served)", "replacement": "snapshot.storage.k8s.io/v1"},
	},
	"gateway.networking.k8s.io/v1alpha2": {
		"Gateway": {"deprecated": "gateway-api 0.5", "removed": "gateway-api 1.0", "replacement": "gateway.networking.k8s.io/v1"},
		"GatewayClass": {"deprecated": "gateway-api 0.5", "removed": "gateway-api 1.0", "replacement": "gateway.networking.k8s.io/v1"},
		"HTTPRoute": {"deprecated": "gateway-api 0.5", "removed": "gateway-api 1.0", "replacement": "gateway.networking.k8s.io/v1"},
	},
	"gateway.networking.k8s.io/v1beta1": {
		"Gateway": {"deprecated": "gateway-api 1.0", "removed": "still served", "replacement": "gateway.networking.k8s.io/v1"},
		"GatewayClass": {"deprecated": "gateway-api 1.0", "removed": "still served", "replacement": "gateway.networking.k8s.io/v1"},
		"HTTPRoute": {"deprecated": "gateway-api 1.0", "removed": "still served", "replacement": "gateway.networking.k8s.io/v1"},
	},
	"karpenter.sh/v1alpha5": {
		"Provisioner": {"deprecated": "karpenter 0.32", "removed": "karpenter 0.33", "replacement": "karpenter.sh/v1 NodePool, NodeClaim"},
		"Machine": {"deprecated": "karpenter 0.32", "removed": "karpenter 0.33", "replacement": "karpenter.sh/v1 NodePool, NodeClaim"},
	},
	"karpenter.sh/v1beta1": {
		"NodePool": {"deprecated": "karpenter 1.0", "removed": "karpenter 1.1", "replacement": "karpenter.sh/v1"},
		"NodeClaim": {"deprecated": "karpenter 1.0", "removed": "karpenter 1.1", "replacement": "karpenter.sh/v1"},
	},
	"templates.gatekeeper.sh/v1beta1": {
		"ConstraintTemplate": {"deprecated": "gatekeeper 3.6", "removed": "still served", "replacement": "templates.gatekeeper.sh/v1"},
	},
	"kyverno.io/v2beta1": {
		"PolicyException": {"deprecated": "kyverno 1.13", "removed": "planned", "replacement": "kyverno.io/v2"},
		"ClusterCleanupPolicy": {"deprecated": "kyverno 1.13", "removed": "planned", "replacement": "kyverno.io/v2"},
		"CleanupPolicy": {"deprecated": "kyverno 1.13", "removed": "planned", "replacement": "kyverno.io/v2"},
	},
	"secrets-store.csi.x-k8s.io/v1alpha1": {
		"SecretProviderClass": {"deprecated": "driver 1.0", "removed": "still served", "replacement": "secrets-store.csi.x-k8s.io/v1"},
	},
}
