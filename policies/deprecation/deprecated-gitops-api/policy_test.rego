package lintel.deprecation.deprecated_gitops_api_test

import data.lintel.deprecation.deprecated_gitops_api as policy

settings := {"kubernetes_version": "1.35", "pod_security_version": "latest"}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.settings as settings
}

test_reports_kustomization_apps if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1beta2",
		"kind": "Kustomization",
		"metadata": {"name": "apps"},
	}) == {"kustomize.toolkit.fluxcd.io/v1beta2 Kustomization is deprecated since flux 2.0 (removal: flux 2.8): use kustomize.toolkit.fluxcd.io/v1"}
}

test_reports_certificate_web if {
	messages({"apiVersion": "cert-manager.io/v1alpha2", "kind": "Certificate", "metadata": {"name": "web"}}) == {"cert-manager.io/v1alpha2 Certificate is deprecated since cert-manager 1.4 (removal: cert-manager 1.6): use cert-manager.io/v1"}
}

test_allows_kustomization_apps if {
	messages({
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind": "Kustomization",
		"metadata": {"name": "apps"},
	}) == set()
}

test_allows_certificate_web if {
	messages({"apiVersion": "cert-manager.io/v1", "kind": "Certificate", "metadata": {"name": "web"}}) == set()
}

# A version that is still served is no high severity.
test_served_version_is_low if {
	found := policy.deny with input as {
		"apiVersion": "gateway.networking.k8s.io/v1beta1",
		"kind": "HTTPRoute",
		"metadata": {"name": "web"},
	}
		with data.settings as settings
	{entry.severity | some entry in found} == {"low"}
	{entry.msg | some entry in found} == {"gateway.networking.k8s.io/v1beta1 HTTPRoute is deprecated since gateway-api 1.0, though still served: use gateway.networking.k8s.io/v1"}
}
