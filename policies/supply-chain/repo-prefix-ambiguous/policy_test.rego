package lintel.supply_chain.repo_prefix_ambiguous_test

import data.lintel.supply_chain.repo_prefix_ambiguous as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_k8sallowedrepos_a if {
	messages({
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "a"},
		"spec": {"parameters": {"repos": ["ghcr.io/acme", "registry.example.com/"]}},
	}) == {"repository prefix \"ghcr.io/acme\" of constraint \"a\" does not end in a slash"}
}

test_reports_k8sallowedreposv2_b if {
	messages({
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedReposv2",
		"metadata": {"name": "b"},
		"spec": {"parameters": {"allowedImages": ["ghcr.io/acme*"]}},
	}) == {"repository prefix \"ghcr.io/acme*\" of constraint \"b\" does not end in a slash"}
}

test_allows_k8sallowedrepos_a if {
	messages({
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedRepos",
		"metadata": {"name": "a"},
		"spec": {"parameters": {"repos": ["ghcr.io/acme/", "ghcr.io/acme/web:1.0"]}},
	}) == set()
}

test_allows_k8sallowedreposv2_b if {
	messages({
		"apiVersion": "constraints.gatekeeper.sh/v1beta1",
		"kind": "K8sAllowedReposv2",
		"metadata": {"name": "b"},
		"spec": {"parameters": {"allowedImages": ["ghcr.io/acme/*", "ghcr.io/acme/web"]}},
	}) == set()
}
