package lintel.gitops.argo_cm_settings_test

import data.lintel.gitops.argo_cm_settings as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_configmap_argocd_cm if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "argocd-cm", "namespace": "argocd"},
		"data": {
			"users.anonymous.enabled": "true",
			"oidc.config": "issuer: https://login.example.com",
			"kustomize.buildOptions": "--load-restrictor LoadRestrictionsNone",
			"helm.valuesFileSchemes": "https, http",
		},
	}) == {"argocd-cm allows Helm value files over http", "argocd-cm keeps the local admin beside single sign-on", "argocd-cm lets kustomize read files outside the repository (kustomize.buildOptions)", "argocd-cm sets users.anonymous.enabled to \"true\""}
}

test_reports_configmap_argocd_cmd_params_cm if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "argocd-cmd-params-cm", "namespace": "argocd"},
		"data": {"server.insecure": "true"},
	}) == {"argocd-cmd-params-cm sets server.insecure to \"true\""}
}

test_allows_configmap_argocd_cm if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "argocd-cm", "namespace": "argocd"},
		"data": {
			"admin.enabled": "false",
			"oidc.config": "issuer: https://login.example.com",
			"kustomize.buildOptions": "--enable-helm",
		},
	}) == set()
}

test_allows_configmap_other if {
	messages({
		"apiVersion": "v1",
		"kind": "ConfigMap",
		"metadata": {"name": "other"},
		"data": {"server.insecure": "true"},
	}) == set()
}
