package lintel.gitops.helm_indentation_test

import data.lintel.gitops.helm_indentation as policy

messages(object) := {found.msg | some found in policy.deny with input as object}

templates(lists) := object.union({"apiVersion": "lintel/v1", "kind": "HelmTemplates", "metadata": {"name": "web"}}, lists)

test_reports_a_block if {
	messages(templates({"indentation": [{"name": "nindent 2", "detail": "it belongs elsewhere"}]})) == {"nindent 2 moves its lines out of their block: it belongs elsewhere"}
}

test_reports_each_block if {
	messages(templates({"indentation": [{"name": "nindent 2", "detail": "a"}, {"name": "nindent 4", "detail": "b"}]})) == {"nindent 2 moves its lines out of their block: a", "nindent 4 moves its lines out of their block: b"}
}

test_accepts_a_chart_with_all_blocks_in_place if {
	messages(templates({"indentation": []})) == set()
}

test_accepts_other_mistakes if {
	messages(templates({"unusedValues": [{"name": "replicas"}]})) == set()
}
