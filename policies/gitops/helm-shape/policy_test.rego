package lintel.gitops.helm_shape_test

import data.lintel.gitops.helm_shape as policy

messages(object) := {found.msg |
	some found in policy.deny with input as object
}

test_reports_helmchart_helmchart if {
	messages({"apiVersion": "lintel/v1", "kind": "HelmChart", "chart": {"apiVersion": "v1", "name": "web"}}) == {"chart web uses the chart format v1"}
}

test_reports_helmchart_helmchart_2 if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "HelmChart",
		"chart": {
			"apiVersion": "v2",
			"name": "web",
			"dependencies": [
				{"name": "db", "repository": "http://charts.example.com"},
				{"name": "cache", "version": ">=1.0.0"},
			],
		},
	}) == {"dependency cache of chart web is not pinned: \">=1.0.0\"", "dependency db of chart web comes from http://charts.example.com", "dependency db of chart web is not pinned: \"\""}
}

test_allows_helmchart_helmchart if {
	messages({
		"apiVersion": "lintel/v1",
		"kind": "HelmChart",
		"chart": {
			"apiVersion": "v2",
			"name": "web",
			"dependencies": [
				{"name": "db", "version": "1.2.3", "repository": "https://charts.example.com"},
				{"name": "cache", "version": "~1.2.0", "repository": "oci://ghcr.io/acme"},
			],
		},
	}) == set()
}

test_allows_helmchart_helmchart_2 if {
	messages({"apiVersion": "lintel/v1", "kind": "HelmChart", "chart": {"apiVersion": "v2", "name": "plain"}}) == set()
}
