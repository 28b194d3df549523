package lintel.gitops.helm_undefined_template_test

import data.lintel.gitops.helm_undefined_template as policy

messages(object) := {found.msg | some found in policy.deny with input as object}

templates(lists) := object.union({"apiVersion": "lintel/v1", "kind": "HelmTemplates", "metadata": {"name": "web"}}, lists)

test_reports_a_misspelt_name if {
	messages(templates({"undefinedTemplates": [{"name": "web.label", "suggestion": "web.labels"}]})) == {`template "web.label" is defined nowhere in the chart; did you mean web.labels?`}
}

test_reports_a_name_that_resembles_none if {
	messages(templates({"undefinedTemplates": [{"name": "common.fullname"}]})) == {`template "common.fullname" is defined nowhere in the chart`}
}

test_accepts_a_chart_without_such_names if {
	messages(templates({"undefinedTemplates": []})) == set()
}

test_accepts_other_mistakes if {
	messages(templates({"unusedValues": [{"name": "replicas"}]})) == set()
}
