# Results of `kube-bench --json` as evidence: one document with Controls, or the bare list of controls.
package lintel.cis.v1_8

kube_bench contains {"controls": document.Controls, "path": ["node_facts", n, "Controls"], "listed": true} if {
	some n, document in input.node_facts
	is_array(document.Controls)
}

kube_bench contains {"controls": document, "path": ["node_facts", n], "listed": true} if {
	some n, document in input.node_facts
	is_array(document)
}

kube_bench contains {"controls": [document], "path": ["node_facts", n], "listed": false} if {
	some n, document in input.node_facts
	is_object(document)
	is_array(document.tests)
}

# Numbers shift between benchmark versions, so only results for 1.8 are read.
outcomes[result.test_number] contains outcome if {
	some report in kube_bench
	some c, control in report.controls
	control.version == "cis-1.8"
	some t, test in control.tests
	some r, result in test.results
	outcome := {
		"verdict": bench_verdict[upper(result.status)],
		"path": array.concat(report.path, array.concat(control_step(report, c), ["tests", t, "results", r])),
		"msg": sprintf("kube-bench: %s%s", [result.status, reason(result)]),
		"imported": true,
	}
}

# A single control stands for itself; otherwise the list is one step deeper.
control_step(report, c) := [c] if report.listed

control_step(report, _) := [] if not report.listed

bench_verdict := {"PASS": "pass", "FAIL": "fail", "WARN": "manual", "INFO": "silent"}

reason(result) := sprintf(" (%s)", [text]) if {
	text := object.get(result, "reason", "")
	text != ""
} else := ""
