package lintel.gitops.flux_ref_conflict_test

import data.lintel.gitops.flux_ref_conflict as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_gitrepository_a if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"ref": {"branch": "main", "tag": "v1", "semver": "1.x"}},
	}) == {"GitRepository \"a\" names branch, which semver overrides", "GitRepository \"a\" names tag, which semver overrides"}
}

test_reports_ocirepository_b if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "OCIRepository",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"ref": {"digest": "sha256:aaaa", "tag": "v1"}},
	}) == {"OCIRepository \"b\" names tag, which digest overrides"}
}

test_allows_gitrepository_a if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"ref": {"branch": "main", "commit": "abc"}},
	}) == set()
}

test_allows_ocirepository_b if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "OCIRepository",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"ref": {"tag": "v1"}},
	}) == set()
}
