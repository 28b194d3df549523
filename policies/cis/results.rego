# The 130 recommendations of the CIS Kubernetes Benchmark v1.8.0 over one bundle.
#
# input.resources    parsed documents: manifests, kubeadm and kubelet configuration, kubeconfigs, policies
# input.node_facts   documents of `lintel node-facts`, and results of `kube-bench --json`
# input.settings     parameters (defaults.rego)
#
# `results` holds one object per recommendation: clause, status, confidence and evidence. An evidence `path`
# leads from `input` to the value that decided.
package lintel.cis.v1_8

import data.lintel.cis.table

results contains {
	"clause": id,
	"status": status(id),
	"confidence": confidence(id),
	"evidence": evidence(id),
} if {
	some id, _ in table.absent
}

found(id) := object.get(outcomes, id, set())

verdicts(id) := {outcome.verdict | some outcome in found(id)}

imported_pass(id) if {
	some outcome in found(id)
	outcome.imported
	outcome.verdict == "pass"
}

# One failing place fails the recommendation. A place that could not be seen forbids a pass, unless an
# imported result covers it.
status(id) := "fail" if {
	"fail" in verdicts(id)
} else := "not-evaluated" if {
	"unknown" in verdicts(id)
	not imported_pass(id)
} else := "pass" if {
	"pass" in verdicts(id)
} else := "manual" if {
	"manual" in verdicts(id)
} else := "not-evaluated" if {
	"silent" in verdicts(id)
} else := "not-applicable" if {
	"not-applicable" in verdicts(id)
} else := table.absent[id]

confidence(id) := "partial" if id in table.partial

confidence(id) := "exact" if not id in table.partial

# Failing places come first: what passes elsewhere does not explain a failure.
evidence(id) := [outcome | some outcome in found(id); outcome.verdict == "fail"] if {
	status(id) == "fail"
} else := [outcome | some outcome in found(id); outcome.verdict != "silent"] if {
	status(id) == "pass"
} else := [outcome | some outcome in found(id)]
