package lintel.gitops.flux_trusted_sources_test

import data.lintel.gitops.flux_trusted_sources as policy

messages(object, parameters) := {found.msg |
	some found in policy.deny with input as object with data.parameters as parameters
}

fail_parameters := {"LT-FLUX-019": {"allowedPrefixes": ["https://github.com/acme"]}}

test_reports_gitrepository_a if {
	messages(
		{
			"apiVersion": "source.toolkit.fluxcd.io/v1",
			"kind": "GitRepository",
			"metadata": {"name": "a", "namespace": "shop"},
			"spec": {"url": "https://github.com/acme-evil/web"},
		},
		fail_parameters,
	) == {"GitRepository \"a\" reads from https://github.com/acme-evil/web, which is not allowed"}
}

test_reports_ocirepository_b if {
	messages(
		{
			"apiVersion": "source.toolkit.fluxcd.io/v1",
			"kind": "OCIRepository",
			"metadata": {"name": "b", "namespace": "shop"},
			"spec": {"url": "oci://ghcr.io/acme/web"},
		},
		fail_parameters,
	) == {"OCIRepository \"b\" reads from oci://ghcr.io/acme/web, which is not allowed"}
}

pass_parameters := {"LT-FLUX-019": {"allowedPrefixes": ["https://github.com/acme", "oci://ghcr.io/acme/"]}}

test_allows_gitrepository_a if {
	messages(
		{
			"apiVersion": "source.toolkit.fluxcd.io/v1",
			"kind": "GitRepository",
			"metadata": {"name": "a", "namespace": "shop"},
			"spec": {"url": "https://github.com/acme/web"},
		},
		pass_parameters,
	) == set()
}

test_allows_ocirepository_b if {
	messages(
		{
			"apiVersion": "source.toolkit.fluxcd.io/v1",
			"kind": "OCIRepository",
			"metadata": {"name": "b", "namespace": "shop"},
			"spec": {"url": "oci://ghcr.io/acme/web"},
		},
		pass_parameters,
	) == set()
}

listed := {"LT-FLUX-019": {"allowedPrefixes": ["https://github.com/acme", "oci://ghcr.io/acme/"]}}

reported(address) if {
	count(policy.deny) == 1 with input as {"kind": "GitRepository", "metadata": {"name": "a"}, "spec": {"url": address}} with data.parameters as listed
}

test_reports_other_owner if reported("https://github.com/other/web")

test_reports_longer_name if reported("https://github.com/acme-evil/web")

test_allows_listed if {
	not reported("https://github.com/acme/web")
	not reported("https://github.com/acme")
	not reported("oci://ghcr.io/acme/web")
}
