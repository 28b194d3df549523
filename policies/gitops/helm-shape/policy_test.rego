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
	}) == {"dependency cache of chart web takes any version in \">=1.0.0\"", "dependency db of chart web comes from http://charts.example.com", "dependency db of chart web has no version"}
}

locked_chart(version) := {
	"apiVersion": "lintel/v1",
	"kind": "HelmChart",
	"hasValuesSchema": true,
	"locked": {"db": ["1.2.3"]},
	"chart": {"apiVersion": "v2", "name": "web", "dependencies": [{"name": "db", "version": version, "repository": "https://charts.example.com"}]},
}

test_reports_lock_drift if {
	messages(locked_chart("1.2.4")) == {"dependency db of chart web is 1.2.4 here and 1.2.3 in Chart.lock"}
	messages(object.union(locked_chart("1.2.3"), {"locked": {"db": null}})) == set()
	messages(json.patch(locked_chart("1.2.3"), [{"op": "remove", "path": "/locked/db"}])) == {"dependency db of chart web is not in Chart.lock"}
}

test_reports_missing_lock if {
	messages(json.remove(locked_chart("1.2.3"), ["locked"])) == {"chart web has dependencies but no Chart.lock beside it"}
}

test_reports_missing_schema if {
	chart := {"apiVersion": "lintel/v1", "kind": "HelmChart", "hasValuesSchema": false, "chart": {"apiVersion": "v2", "name": "web"}}
	messages(chart) == {"chart web has no values.schema.json, so a misspelled value is ignored"}
	messages(json.patch(chart, [{"op": "add", "path": "/chart/type", "value": "library"}])) == set()
}

test_allows_locked_dependencies if {
	messages(locked_chart("1.2.3")) == set()
	messages(locked_chart("~1.2.0")) == set()
	local := [{"name": "part", "version": "1.0.0", "repository": "file://../part"}]
	messages(json.patch(json.remove(locked_chart("1.2.3"), ["locked"]), [{"op": "replace", "path": "/chart/dependencies", "value": local}])) == set()
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
