package lintel.gitops.argo_cve_test

import data.lintel.gitops.argo_cve as policy

defaults := {"LT-ARGO-035": {"patched": {"2.13": 9, "2.14": 16, "3.0": 14, "3.1": 2}}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_deployment_argocd_server if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "argocd-server"},
		"spec": {
			"template": {
				"spec": {
					"initContainers": [{"name": "copy", "image": "quay.io/argoproj/argocd:v2.8.4"}],
					"containers": [{"name": "server", "image": "quay.io/argoproj/argocd:v3.0.3"}],
				},
			},
		},
	}) == {"container \"copy\" runs Argo CD v2.8.4, which has known holes", "container \"server\" runs Argo CD v3.0.3, which has known holes"}
}

test_reports_pod_debug if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "debug"},
		"spec": {
			"containers": [{"name": "a", "image": "example.com/a:1"}],
			"ephemeralContainers": [{"name": "debug", "image": "mirror.example.com/argoproj/argocd:v2.14.0"}],
		},
	}) == {"container \"debug\" runs Argo CD v2.14.0, which has known holes"}
}

test_allows_deployment_argocd_server if {
	messages({
		"apiVersion": "apps/v1",
		"kind": "Deployment",
		"metadata": {"name": "argocd-server"},
		"spec": {
			"template": {
				"spec": {
					"initContainers": [{"name": "copy", "image": "quay.io/argoproj/argocd:v3.1.4"}],
					"containers": [{"name": "server", "image": "quay.io/argoproj/argocd:v3.2.0"}],
				},
			},
		},
	}) == set()
}

test_allows_pod_other if {
	messages({
		"apiVersion": "v1",
		"kind": "Pod",
		"metadata": {"name": "other"},
		"spec": {
			"containers": [{"name": "a", "image": "example.com/argocd:v1.0.0"}],
			"ephemeralContainers": [{"name": "debug", "image": "quay.io/argoproj/argocd:latest"}],
		},
	}) == set()
}
