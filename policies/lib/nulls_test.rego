# A field that is null is as good as absent: the API server drops it.
package lintel.lib.nulls_test

import data.lintel.best_practice.label_values
import data.lintel.deprecation.deprecated_sa_field
import data.lintel.gitops.argo_app_in_foreign_namespace
import data.lintel.gitops.argo_default_project
import data.lintel.gitops.argo_project_namespace_resources
import data.lintel.gitops.argo_project_sync_window
import data.lintel.gitops.argo_target_revision_floating
import data.lintel.gitops.flux_floating_ref
import data.lintel.gitops.flux_no_service_account
import data.lintel.gitops.webhook_timeout
import data.lintel.network.ingress_wildcard_host
import data.lintel.reliability.restart_policy
import data.lintel.wiring.dangling_hpa
import data.lintel.wiring.hpa_duplicate
import data.lintel.wiring.missing_config_ref
import data.lintel.wiring.missing_ingress_class
import data.lintel.wiring.missing_priority_class
import data.lintel.wiring.missing_runtime_class
import data.lintel.wiring.missing_service_account
import data.lintel.wiring.missing_storage_class
import data.lintel.wiring.namespace_missing

inventory := {"namespace": {"shop": {}}, "cluster": {}}

pod := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "web", "namespace": null, "labels": {"tier": null}},
	"spec": {"serviceAccount": null, "serviceAccountName": null, "priorityClassName": null, "runtimeClassName": null, "containers": []},
}

parameters := {
	"LT-REF-007": {"externalServiceAccounts": []},
	"LT-REF-011": {"knownClasses": []},
	"LT-REF-012": {"knownClasses": []},
	"LT-REF-013": {"knownClasses": []},
	"LT-REF-014": {"knownClasses": []},
	"LT-REF-017": {"externalNamespaces": []},
}

test_null_names_nothing_of_a_pod if {
	count(missing_service_account.deny) == 0 with input as pod with data.inventory as inventory with data.parameters as parameters
	count(missing_priority_class.deny) == 0 with input as pod with data.inventory as inventory with data.parameters as parameters
	count(missing_runtime_class.deny) == 0 with input as pod with data.inventory as inventory with data.parameters as parameters
	count(namespace_missing.deny) == 0 with input as pod with data.inventory as inventory with data.parameters as parameters
	count(deprecated_sa_field.deny) == 0 with input as pod
	count(label_values.deny) == 0 with input as pod
}

test_null_names_no_class if {
	claim := {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "a"}, "spec": {"storageClassName": null}}
	count(missing_storage_class.deny) == 0 with input as claim with data.inventory as inventory with data.parameters as parameters
	ingress := {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "a", "namespace": "shop"}, "spec": {"ingressClassName": null, "tls": [{"secretName": null}], "rules": [{"host": null}]}}
	count(missing_ingress_class.deny) == 0 with input as ingress with data.inventory as inventory with data.parameters as parameters
	count(missing_config_ref.deny) == 0 with input as ingress with data.inventory as inventory with data.parameters as parameters
	count(ingress_wildcard_host.deny) == 1 with input as ingress with data.parameters as {"LT-NET-013": {"allowedHosts": []}}
}

test_null_restart_policy_is_always if {
	count(restart_policy.deny) == 0 with input as {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"template": {"spec": {"restartPolicy": null}}}}
	count(restart_policy.deny) == 1 with input as {"apiVersion": "batch/v1", "kind": "Job", "spec": {"template": {"spec": {"restartPolicy": null}}}}
}

scaler(name) := {
	"apiVersion": "keda.sh/v1alpha1",
	"kind": "ScaledObject",
	"metadata": {"name": name, "namespace": "shop"},
	"spec": {"scaleTargetRef": {"kind": null, "name": "web"}},
}

test_null_target_kind_is_a_deployment if {
	deployment := {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"}}
	objects := {"namespace": {"shop": {"apps/v1": {"Deployment": {"web": deployment}}, "keda.sh/v1alpha1": {"ScaledObject": {"a": scaler("a"), "b": scaler("b")}}}}, "cluster": {}}
	count(dangling_hpa.deny) == 0 with input as scaler("a") with data.inventory as objects with data.parameters as {"LT-REF-004": {"ignoredKinds": []}}
	count(hpa_duplicate.deny) == 1 with input as scaler("a") with data.inventory as objects
}

test_null_failure_policy_is_fail if {
	webhook := {"name": "a.example.com", "failurePolicy": null, "sideEffects": "None", "timeoutSeconds": 30}
	object := {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration", "metadata": {"name": "a"}, "webhooks": [webhook]}
	count(webhook_timeout.deny) == 1 with input as object with data.parameters as {"LT-HOOK-004": {"requireExplicit": false, "maxSeconds": 10}}
}

test_null_in_argo_cd if {
	application := {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "web", "namespace": null}, "spec": {"project": null, "source": {"repoURL": "https://git.example/web", "path": "deploy", "targetRevision": null}}}
	count(argo_default_project.deny) == 1 with input as application
	count(argo_app_in_foreign_namespace.deny) == 0 with input as application with data.inventory as inventory with data.parameters as {"LT-ARGO-009": {"argoNamespaces": ["argocd"]}}
	count(argo_target_revision_floating.deny) == 1 with input as application with data.parameters as {"LT-ARGO-010": {"allowedRevisions": [], "floating": ["HEAD"]}}
	project := {"apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject", "metadata": {"name": "a"}, "spec": {"namespaceResourceWhitelist": null, "syncWindows": null, "destinations": [{"namespace": "prod"}]}}
	count(argo_project_namespace_resources.deny) == 1 with input as project with data.parameters as {"LT-ARGO-005": {"protectedKinds": ["Role"]}}
	count(argo_project_sync_window.deny) == 1 with input as project with data.parameters as {"LT-ARGO-008": {"productionMark": "prod"}}
}

test_null_in_flux if {
	repository := {"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "OCIRepository", "metadata": {"name": "a"}, "spec": {"ref": null}}
	count(flux_floating_ref.deny) == 1 with input as repository
	chart := {"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "HelmChart", "metadata": {"name": "a"}, "spec": {"chart": "web", "version": null}}
	count(flux_floating_ref.deny) == 1 with input as chart
	release := {"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease", "metadata": {"name": "a"}, "spec": {"serviceAccountName": null}}
	count(flux_no_service_account.deny) == 1 with input as release with data.parameters as {"LT-FLUX-006": {"exemptNamespaces": []}}
}
