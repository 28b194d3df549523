package lintel.gitops.flux_floating_ref_test

import data.lintel.gitops.flux_floating_ref as policy

defaults := {"LT-FLUX-003": {"productionMark": "prod"}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_gitrepository_a if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"url": "https://git.example.com/web"},
	}) == {"GitRepository \"a\" names no revision and follows the default one"}
}

test_reports_gitrepository_web_prod if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "web-prod", "namespace": "shop"},
		"spec": {"ref": {"branch": "main"}},
	}) == {"GitRepository \"web-prod\" deploys branch main to production"}
}

test_reports_ocirepository_c if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "OCIRepository",
		"metadata": {"name": "c", "namespace": "shop"},
		"spec": {"ref": {"tag": "latest", "semver": ">=0.0.0"}},
	}) == {"OCIRepository \"c\" follows the tag latest", "OCIRepository \"c\" takes any version (>=0.0.0)"}
}

test_reports_helmrelease_d if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "d", "namespace": "shop"},
		"spec": {"chart": {"spec": {"chart": "web", "version": "*"}}},
	}) == {"HelmRelease \"d\" takes any version of chart web"}
}

test_reports_helmchart_e if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "HelmChart",
		"metadata": {"name": "e", "namespace": "shop"},
		"spec": {"chart": "web"},
	}) == {"HelmChart \"e\" takes any version of chart web"}
}

test_allows_gitrepository_web_prod if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "web-prod", "namespace": "shop"},
		"spec": {"ref": {"branch": "main", "commit": "0a1b2c3d"}},
	}) == set()
}

test_allows_gitrepository_dev if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "dev", "namespace": "shop"},
		"spec": {"ref": {"branch": "main"}},
	}) == set()
}

test_allows_ocirepository_c if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "OCIRepository",
		"metadata": {"name": "c", "namespace": "shop"},
		"spec": {"ref": {"tag": "latest", "digest": "sha256:aaaa"}},
	}) == set()
}

test_allows_helmrelease_d if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "d", "namespace": "shop"},
		"spec": {"chart": {"spec": {"chart": "web", "version": "1.2.x"}}},
	}) == set()
}
