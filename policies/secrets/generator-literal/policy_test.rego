package lintel.secrets.generator_literal_test

import data.lintel.secrets.generator_literal as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_kustomization_kustomization if {
	messages({
		"apiVersion": "kustomize.config.k8s.io/v1beta1",
		"kind": "Kustomization",
		"secretGenerator": [{"name": "db", "literals": ["username=admin", "password=hunter2"]}],
	}) == {"secretGenerator db holds the readable value \"password\"", "secretGenerator db holds the readable value \"username\""}
}

test_reports_component_component if {
	messages({
		"apiVersion": "kustomize.config.k8s.io/v1alpha1",
		"kind": "Component",
		"secretGenerator": [{"name": "env", "envs": ["secret.env"]}, {"name": "old", "env": "secret.env"}],
	}) == {"secretGenerator env reads values from secret.env", "secretGenerator old reads values from secret.env"}
}

test_allows_kustomization_kustomization if {
	messages({
		"apiVersion": "kustomize.config.k8s.io/v1beta1",
		"kind": "Kustomization",
		"secretGenerator": [{"name": "db", "files": ["password.enc"], "literals": ["password=${PASSWORD}", "empty="]}],
	}) == set()
}

test_allows_kustomization_kustomization_2 if {
	messages({
		"apiVersion": "kustomize.config.k8s.io/v1beta1",
		"kind": "Kustomization",
		"configMapGenerator": [{"name": "config", "literals": ["mode=fast"]}],
	}) == set()
}
