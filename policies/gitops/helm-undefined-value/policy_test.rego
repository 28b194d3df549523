package lintel.gitops.helm_undefined_value_test

import data.lintel.gitops.helm_undefined_value as policy

messages(object) := {found.msg | some found in policy.deny with input as object}

templates(lists) := object.union({"apiVersion": "lintel/v1", "kind": "HelmTemplates", "metadata": {"name": "web"}}, lists)

test_reports_a_misspelt_name if {
	messages(templates({"undefinedValues": [{"name": "replcas", "suggestion": "replicas"}]})) == {"value replcas is defined by no values file; did you mean replicas?"}
}

test_reports_a_value_without_default if {
	messages(templates({"undefinedValues": [{"name": "restartPolicy"}]})) == {"value restartPolicy is defined by no values file"}
}

test_accepts_a_chart_whose_values_are_defined if {
	messages(templates({"undefinedValues": []})) == set()
}

test_accepts_other_mistakes if {
	messages(templates({"unusedValues": [{"name": "replicas"}]})) == set()
}

severities(object) := {found.severity | some found in policy.deny with input as object}

test_takes_a_value_that_may_be_given_by_users_as_less_severe if {
	severities(templates({"undefinedValues": [{"name": "restartPolicy"}]})) == {"low"}
	severities(templates({"undefinedValues": [{"name": "replcas", "suggestion": "replicas"}]})) == set()
}

test_says_why_a_rendering_fails if {
	found := {"undefinedValues": [{"name": "a.b.c", "detail": "a.b is not there"}]}
	messages(templates(found)) == {"value a.b.c is defined by no values file: a.b is not there"}
	severities(templates(found)) == set()
}
