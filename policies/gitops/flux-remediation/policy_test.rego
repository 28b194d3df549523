package lintel.gitops.flux_remediation_test

import data.lintel.gitops.flux_remediation as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_helmrelease_a if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {"interval": "10m"},
	}) == {"HelmRelease \"a\" does not correct drift (mode disabled)", "HelmRelease \"a\" does not say what to do when install fails", "HelmRelease \"a\" does not say what to do when upgrade fails", "HelmRelease \"a\" has no CRD policy on install", "HelmRelease \"a\" has no CRD policy on upgrade"}
}

test_reports_helmrelease_b if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {
			"install": {"crds": "Create", "strategy": {"name": "RetryOnFailure"}},
			"upgrade": {"crds": "CreateReplace", "remediation": {"retries": 3}, "disableHooks": true},
			"driftDetection": {"mode": "warn"},
		},
	}) == {"HelmRelease \"b\" does not correct drift (mode warn)", "HelmRelease \"b\" skips the hooks of the chart on upgrade"}
}

test_allows_helmrelease_a if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "a", "namespace": "shop"},
		"spec": {
			"install": {"crds": "Create", "remediation": {"retries": 3}},
			"upgrade": {"crds": "CreateReplace", "remediation": {"retries": 3}},
			"driftDetection": {"mode": "enabled"},
		},
	}) == set()
}

test_allows_helmrelease_b if {
	messages({
		"apiVersion": "helm.toolkit.fluxcd.io/v2",
		"kind": "HelmRelease",
		"metadata": {"name": "b", "namespace": "shop"},
		"spec": {
			"install": {"crds": "Skip", "remediation": {"retries": 3}, "disableHooks": false},
			"upgrade": {"crds": "Skip", "remediation": {"retries": 3}},
			"driftDetection": {"mode": "enabled"},
		},
	}) == set()
}
