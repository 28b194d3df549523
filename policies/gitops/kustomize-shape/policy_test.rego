package lintel.gitops.kustomize_shape_test

import data.lintel.gitops.kustomize_shape as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_kustomization_kustomization if {
	messages({
		"apiVersion": "kustomize.config.k8s.io/v1beta1",
		"kind": "Kustomization",
		"bases": ["../base"],
		"commonLabels": {"app": "web"},
	}) == {"bases is deprecated: use resources", "commonLabels is deprecated: use labels"}
}

test_reports_kustomization_kustomization_2 if {
	messages({
		"apiVersion": "kustomize.config.k8s.io/v1beta1",
		"kind": "Kustomization",
		"resources": ["https://github.com/acme/base//web", "deployment.yaml"],
	}) == {"resources https://github.com/acme/base//web is a remote base without ?ref=, so it changes without a commit here"}
}

test_reports_missing_files if {
	messages({
		"apiVersion": "kustomize.config.k8s.io/v1beta1",
		"kind": "Kustomization",
		"missingFiles": ["gone.yaml", "patch.yaml"],
		"resources": ["here.yaml", "gone.yaml"],
		"patches": [{"path": "patch.yaml"}, {"patch": "inline"}],
	}) == {"resources names gone.yaml, which does not exist", "patches names patch.yaml, which does not exist"}
}

test_allows_kustomization_kustomization if {
	messages({
		"apiVersion": "kustomize.config.k8s.io/v1beta1",
		"kind": "Kustomization",
		"resources": ["deployment.yaml", "https://github.com/acme/base//web?ref=v1.2.0"],
		"labels": [{"pairs": {"app": "web"}}],
	}) == set()
}

test_allows_component_component if {
	messages({
		"apiVersion": "kustomize.config.k8s.io/v1alpha1",
		"kind": "Component",
		"patches": [{"path": "patch.yaml"}],
	}) == set()
}
