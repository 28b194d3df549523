package lintel.gitops.flux_insecure_url_test

import data.lintel.gitops.flux_insecure_url as policy

defaults := {"LT-FLUX-001": {"allowedHosts": []}}

messages(object) := {found.msg |
	some found in policy.deny with input as object with data.parameters as defaults
}

test_reports_gitrepository_a if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"url": "http://git.example.com/web"},
	}) == {"GitRepository \"a\" reads http://git.example.com/web in clear text"}
}

test_reports_ocirepository_b if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "OCIRepository",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {"url": "oci://registry.example.com/web", "insecure": true},
	}) == {"OCIRepository \"b\" allows connections without TLS (spec.insecure)"}
}

test_reports_bucket_c if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "Bucket",
		"metadata": {"name": "c", "namespace": "shop"},
		"spec": {"endpoint": "minio.example.com:9000", "insecure": true},
	}) == {"Bucket \"c\" allows connections without TLS (spec.insecure)"}
}

test_allows_gitrepository_a if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "GitRepository",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"url": "ssh://git@git.example.com/web"},
	}) == set()
}

test_allows_bucket_c if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "Bucket",
		"metadata": {"name": "c", "namespace": "shop"},
		"spec": {"endpoint": "minio.storage.svc:9000", "insecure": true},
	}) == set()
}

test_allows_helmrepository_d if {
	messages({
		"apiVersion": "source.toolkit.fluxcd.io/v1",
		"kind": "HelmRepository",
		"metadata": {"name": "d", "namespace": "shop"},
		"spec": {"url": "http://chartmuseum.charts.svc.cluster.local:8080"},
	}) == set()
}
