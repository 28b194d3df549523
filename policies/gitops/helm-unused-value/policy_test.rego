package lintel.gitops.helm_unused_value_test

import data.lintel.gitops.helm_unused_value as policy

messages(object) := {found.msg | some found in policy.deny with input as object}

templates(lists) := object.union({"apiVersion": "lintel/v1", "kind": "HelmTemplates", "metadata": {"name": "web"}}, lists)

test_reports_a_value if {
	messages(templates({"unusedValues": [{"name": "replicas"}]})) == {"no template looks at the value replicas"}
}

test_reports_each_value if {
	messages(templates({"unusedValues": [{"name": "a.b"}, {"name": "c"}]})) == {"no template looks at the value a.b", "no template looks at the value c"}
}

test_accepts_a_chart_whose_values_are_used if {
	messages(templates({"unusedValues": []})) == set()
}

test_accepts_other_mistakes if {
	messages(templates({"undefinedValues": [{"name": "replicas"}]})) == set()
}
