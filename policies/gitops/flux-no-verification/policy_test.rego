package lintel.gitops.flux_no_verification_test

import data.lintel.gitops.flux_no_verification as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_gitrepository_a if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"url": "https://git.example.com/web"},
	}) == {"GitRepository \"a\" verifies no signature"}
}

test_reports_ocirepository_b if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "OCIRepository",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"verify": {"provider": "cosign"}},
	}) == {"OCIRepository \"b\" accepts the signature of any identity"}
}

test_reports_ocirepository_c if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "OCIRepository",
		"metadata": {"name": "c", "namespace": "shop"},
		"spec": {
			"verify": {
				"provider": "cosign",
				"matchOIDCIdentity": [{"issuer": "^https://token.actions.githubusercontent.com$", "subject": ".*"}],
			},
		},
	}) == {"OCIRepository \"c\" accepts every subject"}
}

test_reports_gitrepository_d if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "d", "namespace": "shop"},
		"spec": {"verify": {"mode": "none"}},
	}) == {"GitRepository \"d\" has the unknown verification mode none", "GitRepository \"d\" names no keys to verify with"}
}

test_reports_helmrelease_e if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "e", "namespace": "shop"},
		"spec": {"chart": {"spec": {"chart": "web", "sourceRef": {"kind": "HelmRepository", "name": "charts"}}}},
	}) == {"HelmRelease \"e\" verifies no signature"}
}

test_reports_helmchart_f if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "HelmChart",
		"metadata": {"name": "f", "namespace": "shop"},
		"spec": {"chart": "web"},
	}) == {"HelmChart \"f\" verifies no signature"}
}

test_allows_gitrepository_a if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"verify": {"mode": "HEAD", "secretRef": {"name": "keys"}}},
	}) == set()
}

test_allows_ocirepository_b if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "OCIRepository",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {
			"verify": {
				"provider": "cosign",
				"matchOIDCIdentity": [
					{
						"issuer": "^https://token.actions.githubusercontent.com$",
						"subject": "^https://github.com/acme/.*$",
					},
				],
			},
		},
	}) == set()
}

test_allows_helmrelease_c if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "c", "namespace": "shop"},
		"spec": {"chart": {"spec": {"chart": "./web", "sourceRef": {"kind": "GitRepository", "name": "web"}}}},
	}) == set()
}

test_allows_helmrelease_d if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "d", "namespace": "shop"},
		"spec": {"chartRef": {"kind": "OCIRepository", "name": "web"}},
	}) == set()
}
