package lintel.gitops.helm_unquoted_text_test

import data.lintel.gitops.helm_unquoted_text as policy

messages(object) := {found.msg | some found in policy.deny with input as object}

templates(lists) := object.union({"apiVersion": "lintel/v1", "kind": "HelmTemplates", "metadata": {"name": "web"}}, lists)

test_reports_a_text if {
	messages(templates({"unquoted": [{"name": ".Values.port", "detail": "it is a number"}]})) == {".Values.port writes a text without quotes: it is a number"}
}

test_reports_each_text if {
	messages(templates({"unquoted": [{"name": ".Values.a", "detail": "a"}, {"name": ".Values.b", "detail": "b"}]})) == {".Values.a writes a text without quotes: a", ".Values.b writes a text without quotes: b"}
}

test_accepts_a_chart_with_quotes if {
	messages(templates({"unquoted": []})) == set()
}

test_accepts_other_mistakes if {
	messages(templates({"unusedValues": [{"name": "replicas"}]})) == set()
}
